/* contract_parts.h: what `guichetctl contract` can be asked for: one function a word, in three files: contract.c (its
 * life, its pieces), contract_tables.c (who owes what, what is late, how far it is, cases), contract_letters.c,
 * contract_statement.c. */
#ifndef SERVICES_CTL_CONTRACT_PARTS_H
#define SERVICES_CTL_CONTRACT_PARTS_H

#include "services/ctl/print_document.h"
#include "services/ctl/session.h"

/* What the words after the verb say. */
struct wanted {
        const struct verb *verb;
        const char *directory;
        const char *words;  /* after the part, joined by blanks; "": none */
        const char *letter; /* of `letter`: the first of them */
        const char *piece, *territory, *buyer, *siret;
        uint64_t lot;  /* 0: all of them, or the first */
        uint64_t days; /* --within */
        bool keep, open_only;
        struct document_wish document;
};

int contract_find(struct session *session, const struct wanted *wanted);
int contract_ledger(struct session *session, const struct wanted *wanted);
int contract_late(struct session *session, const struct wanted *wanted);
int contract_progress(struct session *session, const struct wanted *wanted);
int contract_cases(struct session *session, const struct wanted *wanted);
int contract_statement(struct session *session, const struct wanted *wanted);
int contract_letter(struct session *session, const struct wanted *wanted);

#endif
