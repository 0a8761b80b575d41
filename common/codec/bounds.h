/* bounds.h: how much any field of a request may hold, and what a text must be, told once for the whole network, as a
 * table beside proto/ (protobuf-c keeps no options). validate_message() asks it before any handler. A field that no row
 * names has the defaults, so that a new message is bounded by being there. */
#ifndef COMMON_CODEC_BOUNDS_H
#define COMMON_CODEC_BOUNDS_H

#include <protobuf-c/protobuf-c.h>
#include <stdint.h>

enum text_kind {
        TEXT_FREE,
        TEXT_SIRET,          /* empty, or a company's number whose keys hold (base/siret.h) */
        TEXT_SIRET_SOUGHT,   /* empty, or 14 digits: what was imported with a wrong key is found by it all the same */
        TEXT_SIRET_OR_SIREN, /* empty, or either: the 9 digits of a SIREN are all its establishments */
        TEXT_MAIL_ADDRESS,   /* empty, or one address (base/mail_address.h) */
};

struct bounds {
        const char *field;       /* "contracts.OpenCase.reason", or a pattern of fnmatch(3): "*.reason" */
        uint32_t characters_max; /* of a text, or of each text of a list */
        uint32_t count_max;      /* elements of a list */
        uint32_t bytes_max;      /* of a bytes field; of a whole request, whose row names the message alone */
        enum text_kind kind;
};

enum {
        BOUND_CHARACTERS = 4000, /* about a page of text */
        BOUND_COUNT = 100,
        BOUND_BYTES = 1024,
        BOUND_REQUEST_BYTES = 64 * 1024, /* half of what an event may weigh */
};

/* The first row that names the field or the message; where it says nothing, the defaults. Any thread. */
struct bounds bounds_of_field(const ProtobufCFieldDescriptor *field);
struct bounds bounds_of_message(const ProtobufCMessageDescriptor *type);

/* The rows, ended by one whose field is NULL; the defaults are not filled in. */
extern const struct bounds bounds_table[];

#endif
