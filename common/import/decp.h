/* decp.h: reads published contracts ("données essentielles de la commande publique"), the JSON of the arrêté of 2022
 * and of 2019, one contract at a time, in flat memory whatever the size of the file; and their XML (decp_xml.h). .xz is
 * not read here.
 *
 *      struct decp *reader;
 *      if (decp_open(path, &reader, &info) < 0) …
 *      while ((more = decp_next(reader, &arena, &item, &info)) == 1) { … arena_reset(&arena); }
 *
 * Called by guichetctl (import) and the fuzzer. What an element yields lives in the arena that decp_next() is given.
 *
 * A month without contracts is a file without elements: empty, [], {}, {"marches": null}.
 * Roots: 2022 {"marches": {"marche": […], "contrat-concession": […]}}, either list may be missing;
 * 2019 {"marches": […]}. Any other root is refused by decp_open() with a French text that says what the file looks like
 * and what was expected.
 *
 * REJECTED, with all the reasons found (notes.h):
 *      not JSON (a bare NaN…), not an object, larger than 1 MiB, flattened by a tool (acheteur_id, titulaire_id…)
 *      id                                      absent
 *      acheteur.id, autoriteConcedante.id      absent, or not 14 digits
 *      objet                                   absent
 *      dateNotification (dateSignature)        2022: absent or not a date
 *      montant (valeurGlobale)                 not a number, negative, more than 1,000 billion euros
 *      considerationsSociales                  "Pas de considération sociale" beside another of the format's values
 * KEPT, WITH A WARNING (the contract stays, the doubtful part is left aside or kept as published):
 *      dateNotification absent or wrong in 2019; codeCPV, montant, titulaires absent; considerationsSociales
 *      absent in 2022 (an empty list: unknown, never "none")
 *      any other date, number, rate or truth value that is not one; a list or object that is something else
 *      dureeMois, offresRecues, modification id below 1 (kept)
 *      id, idAccordCadre over 16 characters, objet over 1,000 (kept)
 *      SIRET that is not 14 digits or fails its check; identifier kind that the format does not know
 *      codeCPV that is none (left aside); a zero that was lost at the front of a CPV, SIRET or place (put back)
 *      considerations that are none of the format's (left aside; "Pas de considération…" beside one is not believed);
 *      environmental ones that contradict each other (unknown: the list is empty)
 *      several buyers, places or subcontractors where one is due (the first is kept); an empty part of a list
 *      U+FFFD in a text; a text over 4,096 bytes (cut)
 * ACCEPTED WITHOUT A WORD, because nothing is lost:
 *      keys of no format (`_type`, `uid`, `source`…); null, "", "NC", "CDL" as absent; numbers written as text; 48.0
 *      for 48; "oui", "non", 1, 0 as truth values; offsets and times after dates, 17/12/2018; labels in another case,
 *      without accents or with letters lost (labels.h); "Sans objet", "Aucune", "Néant" as no consideration, several
 *      considerations in one text; typeIdentifiant 'Siret', 'TVA_INTRACOMMUNAUTAIRE', 'FRW', 'HORS_UE'; the key
 *      "nom "; lists in every shape that platforms write (decp_shapes.h); blanks around texts and inside SIRET and
 *      CPV; line breaks in texts; countries as INSEE 99xxx; montant 0, 1, 999999999 (as published).
 *      2019 modifications have no number: they are numbered from 1. */
#ifndef COMMON_IMPORT_DECP_H
#define COMMON_IMPORT_DECP_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"
#include "common/import/notes.h"
#include "contracts/record.pb-c.h"

struct decp;

struct decp_item {
        const char *list;                  /* "marche", "contrat-concession"; "marches" in 2019 */
        uint64_t index;                    /* in its list, from 0 */
        uint64_t offset;                   /* byte of the file where the element starts; in XML, about where */
        uint64_t size;                     /* bytes of the element; in XML, of its record */
        const char *number;                /* the buyer's, "" where it is not told: also of what is rejected */
        Contracts__ContractRecord *record; /* NULL: rejected for found.reasons */
        struct findings found;
};

/* 0; -errno; ERR_MALFORMED. */
int decp_open(const char *path, struct decp **ret, struct err_info *info) ATTR_MUST_CHECK;
/* The text must outlive the reader. */
int decp_open_memory(struct slice text, struct decp **ret, struct err_info *info) ATTR_MUST_CHECK;
void decp_close(struct decp *reader); /* accepts NULL */

Contracts__RecordFormat decp_format(const struct decp *reader); /* by the root; FORMAT_UNKNOWN: XML, each tells */
/* 1 and an element; 0 at the end of the file; ERR_MALFORMED where the file breaks off (info says where): no more
 * comes. */
int decp_next(struct decp *reader, struct arena *arena, struct decp_item *ret, struct err_info *info) ATTR_MUST_CHECK;
void decp_progress(const struct decp *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total);

#endif
