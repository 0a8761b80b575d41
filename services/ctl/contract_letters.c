/* contract_letters: letters and notes of a contract, as who receives them reads them. */
#include <stdio.h>
#include <string.h>

#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"

/* The reply that holds the letter; NULL after a complaint. */
typedef const void *(*reply_f)(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena);

static const void *decline_reply(struct session *session, const struct wanted *wanted, struct id id,
                                 struct arena *arena)
{
        Contracts__DeclineLetter query = CONTRACTS__DECLINE_LETTER__INIT;
        (void)wanted;
        query.contract_id = id_to(arena, id);
        return session_call(session, "contracts.DeclineLetter", &query, NULL, arena);
}

static const void *notice_reply(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        (void)wanted;
        query.case_id = id_to(arena, id);
        const Contracts__CaseView *view = session_call(session, "contracts.CaseById", &query, NULL, arena);
        if (view == NULL)
                return NULL;
        if (view->case_->notice_text[0] != '\0')
                return view;
        (void)failed_as(CTL_NOT_FOUND);
        (void)complain("ce dossier n'a pas de mise en demeure (%s)%s%s.",
                       french_value(&contracts__case_step__descriptor, (int32_t)view->case_->step),
                       view->next_action[0] != '\0' ? " ; ensuite : " : "", view->next_action);
        return NULL;
}

static const void *agreement_reply(struct session *session, const struct wanted *wanted, struct id id,
                                   struct arena *arena)
{
        Contracts__AgreementTextRequest query = CONTRACTS__AGREEMENT_TEXT_REQUEST__INIT;
        (void)wanted;
        query.agreement_id = id_to(arena, id);
        return session_call(session, "contracts.AgreementText", &query, NULL, arena);
}

static const void *note_reply(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__ObligationNoteRequest query = CONTRACTS__OBLIGATION_NOTE_REQUEST__INIT;
        (void)wanted;
        query.contract_id = id_to(arena, id);
        return session_call(session, "contracts.ObligationNote", &query, NULL, arena);
}

static const void *report_reply(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__AppraisalReportRequest query = CONTRACTS__APPRAISAL_REPORT_REQUEST__INIT;
        query.contract_id = id_to(arena, id);
        query.lot = wanted->lot == 0 ? 1 : (uint32_t)wanted->lot;
        return session_call(session, "contracts.AppraisalReport", &query, NULL, arena);
}

static const struct letter {
        const char *name;
        const char *field; /* of what it is a letter (find.h) */
        const char *what;  /* the same, for a complaint */
        reply_f ask;
} letters[] = {
        {"decline", "contract_id", "contrat", decline_reply},         {"notice", "case_id", "dossier", notice_reply},
        {"agreement", "agreement_id", "convention", agreement_reply}, {"note", "contract_id", "contrat", note_reply},
        {"report", "contract_id", "contrat", report_reply},
};

static const struct letter *letter_named(const char *name, struct nearest *nearest)
{
        for (size_t i = 0; i < ARRAY_SIZE(letters); i++) {
                nearest_try(nearest, letters[i].name);
                if (strcmp(letters[i].name, name) == 0)
                        return &letters[i];
        }
        return NULL;
}

int contract_letter(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        char hint[NEAREST_HINT_SIZE];
        struct nearest nearest = nearest_of(wanted->letter);
        const struct letter *letter = letter_named(wanted->letter, &nearest);
        struct id id;
        if (letter == NULL)
                return misused(wanted->verb, "« letter %s » : demandez decline, notice, agreement, note ou report%s",
                               wanted->letter, hint_or_stop(&nearest, hint));
        if (!find_thing(session, letter->field, letter->what, wanted->words, &id))
                return CTL_FAILED;
        const void *reply = letter->ask(session, wanted, id, &arena);
        return reply == NULL ? CTL_FAILED : print_document(reply, &wanted->document);
}
