/* french_names.h: what the methods and the values of enums are called in French, for people: one line a method ("ouvre
 * le dossier d'un contrat…", what it does, without a full stop), a few words a value, and a field that no request has
 * ("Restantes"); others have theirs in field_rules.h. What the catalogue holds without a row fails test_french_names;
 * kinds of organisations have theirs in dated data (deploy/rules). Any thread, for good. */
#ifndef COMMON_CODEC_FRENCH_NAMES_H
#define COMMON_CODEC_FRENCH_NAMES_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

struct french_name {
        const char *name; /* "contracts.OpenContract"; of a value, by its package: "contracts.CASE_OPEN" */
        const char *french;
};

const char *french_method(const char *method); /* "contracts.OpenContract"; NULL: it has no row */
/* NULL: it has no row, or the enum no such value. */
const char *french_value(const ProtobufCEnumDescriptor *type, int32_t value);

const char *french_field(const char *field); /* "remaining", of an answer; NULL: it has no row */

/* "facilitateur, coordination régionale": roles by their bits, daemons left out; "personne" where none is left. */
enum { FRENCH_ROLES_SIZE = 320 };
void french_roles(uint32_t roles, char ret_text[FRENCH_ROLES_SIZE]);

/* The rows, for french_names.c and its test. */
extern const struct french_name french_methods[], french_values[], french_fields[], french_fields_m[];
extern const size_t french_methods_count, french_values_count, french_fields_count, french_fields_m_count;

#endif
