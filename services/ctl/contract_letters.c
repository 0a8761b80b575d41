/* contract_letters: letters and notes of a contract, as who receives them reads them. */
#include <stdio.h>
#include <string.h>

#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"

/* What who signs must know, beside the letter and no part of it. */
static void tell_to_confirm(char *const *lines, size_t count)
{
        for (size_t i = 0; i < count; i++)
                (void)fprintf(stderr, "À confirmer avant de signer : %s\n", lines[i]);
}

typedef const char *(*text_f)(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena);

static const char *decline_text(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__DeclineLetter query = CONTRACTS__DECLINE_LETTER__INIT;
        (void)wanted;
        query.contract_id = id_to(arena, id);
        const Contracts__DeclineLetterReply *reply =
                session_call(session, "contracts.DeclineLetter", &query, NULL, arena);
        return reply == NULL ? NULL : reply->letter;
}

static const char *notice_text(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        (void)wanted;
        query.case_id = id_to(arena, id);
        const Contracts__CaseView *view = session_call(session, "contracts.CaseById", &query, NULL, arena);
        if (view == NULL)
                return NULL;
        if (view->case_->notice_text[0] != '\0') {
                tell_to_confirm(view->case_->notice_to_confirm, view->case_->n_notice_to_confirm);
                return view->case_->notice_text;
        }
        (void)failed_as(CTL_NOT_FOUND);
        (void)complain("ce dossier n'a pas de mise en demeure (%s)%s%s.",
                       french_value(&contracts__case_step__descriptor, (int32_t)view->case_->step),
                       view->next_action[0] != '\0' ? " ; ensuite : " : "", view->next_action);
        return NULL;
}

static const char *agreement_text(struct session *session, const struct wanted *wanted, struct id id,
                                  struct arena *arena)
{
        Contracts__AgreementTextRequest query = CONTRACTS__AGREEMENT_TEXT_REQUEST__INIT;
        (void)wanted;
        query.agreement_id = id_to(arena, id);
        const Contracts__AgreementTextReply *reply =
                session_call(session, "contracts.AgreementText", &query, NULL, arena);
        if (reply != NULL)
                tell_to_confirm(reply->to_confirm, reply->n_to_confirm);
        return reply == NULL ? NULL : reply->text;
}

static const char *note_text(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__ObligationNoteRequest query = CONTRACTS__OBLIGATION_NOTE_REQUEST__INIT;
        (void)wanted;
        query.contract_id = id_to(arena, id);
        const Contracts__ObligationNoteReply *reply =
                session_call(session, "contracts.ObligationNote", &query, NULL, arena);
        return reply == NULL ? NULL : reply->text;
}

static const char *report_text(struct session *session, const struct wanted *wanted, struct id id, struct arena *arena)
{
        Contracts__AppraisalReportRequest query = CONTRACTS__APPRAISAL_REPORT_REQUEST__INIT;
        query.contract_id = id_to(arena, id);
        query.lot = wanted->lot == 0 ? 1 : (uint32_t)wanted->lot;
        const Contracts__AppraisalReportReply *reply =
                session_call(session, "contracts.AppraisalReport", &query, NULL, arena);
        return reply == NULL ? NULL : reply->text;
}

static const struct letter {
        const char *name;
        const char *field; /* of what it is a letter (find.h) */
        const char *what;  /* the same, for a complaint */
        text_f text;
} letters[] = {
        {"decline", "contract_id", "contrat", decline_text},         {"notice", "case_id", "dossier", notice_text},
        {"agreement", "agreement_id", "convention", agreement_text}, {"note", "contract_id", "contrat", note_text},
        {"report", "contract_id", "contrat", report_text},
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
        const char *text = letter->text(session, wanted, id, &arena);
        if (text == NULL)
                return CTL_FAILED;
        size_t size = strlen(text);
        return printf("%s%s", text, size > 0 && text[size - 1] == '\n' ? "" : "\n") >= 0 ? CTL_DONE : CTL_FAILED;
}
