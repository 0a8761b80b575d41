/* appraisal.c: an appraisal as it is read, and the report that goes to the buyer. */
#include "contracts/calls.h"

#include "common/texts/texts.h"
#include "common/base/require.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/appraisal_views.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/grid.h"
#include "services/contracts/consultation/report.h"
#include "services/contracts/record/context.h"

/* appraisal: the grid of a lot, its offers, the marks that one may see, what was agreed, and the award.
 * Caller: the lot's readers, the coordinator, the contract's buyer. */
struct reply handle_appraisal(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AppraisalRequest *query = (const Contracts__AppraisalRequest *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        struct loaded_contract loaded;
        Contracts__AppraisalRow *row;
        struct refusal refusal;

        if (!loaded_appraisal_for_query(work, query->contract_id, query->lot, &loaded, &row, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, view_of_appraisal(work, row, share_of(rules->agreement->gap)));
}

/* appraisal_report: the appraisal of a lot as text and table, for the buyer's report on the procedure.
 * Caller: the lot's readers, the coordinator, the contract's buyer.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (no offer, or one whose marks are not agreed on). */
static bool is_complete(const Contracts__AppraisalView *view, struct refusal *ret_refusal)
{
        if (view->n_offers == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ce lot n'a pas d'offre : il n'y a rien à apprécier.");
        for (size_t i = 0; i < view->n_offers; i++)
                if (view->offers[i]->n_agreed == 0)
                        return refuse(
                                ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                                "Les notes de l'offre n° %u ne sont pas convenues : le rapport les attend toutes.",
                                view->offers[i]->number);
        return true;
}

static void add_lines(const struct work *work, const Contracts__AppraisalView *view, const Contracts__OfferView *offer,
                      Contracts__AppraisalReportReply *reply)
{
        const struct grid_marks agreed = {offer->agreed, offer->n_agreed};
        for (size_t i = 0; i < view->n_criteria; i++) {
                const Contracts__OfferMark *mark = grid_mark_of(&agreed, view->criteria[i]->number);
                Contracts__AppraisalReportLine *line =
                        pb_new(&contracts__appraisal_report_line__descriptor, work->arena);
                line->offer = offer->number;
                line->name = report_offer_name(offer->offer, work->arena);
                line->criterion = view->criteria[i]->title;
                line->weight = view->criteria[i]->weight;
                line->mark = mark->mark;
                line->reason = mark->reason;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = line;
        }
}

/* A text of the library, with all that the two know. NULL with *ret_refusal. */
static char *merged(const struct work *work, const struct loaded_contract *loaded, const Contracts__AppraisalView *view,
                    const char *name, struct refusal *ret_refusal)
{
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        const Texts__Text *text = text_find(rules_on(work, DATED_CONSULTATION_TEXTS, work->today), name);
        require(text != NULL); /* consultation_rules_check() */
        const struct text_field fields[] = {
                {"buyer", loaded_contract_buyer(work, loaded)},
                {"contract", loaded_contract_name(loaded, work->arena)},
                {"object", loaded->record->object},
                {"lot", arena_printf(work->arena, "%u", view->lot)},
                {"day", french_day(work->arena, work->today)},
                {"method", view->method},
                {"scale", arena_printf(work->arena, "%u", view->scale)},
                {"retention", arena_printf(work->arena, "%u ans", rules->retention->years)},
                {"retention_source", rules->retention->source},
        };
        return text_merge(text, fields, ARRAY_SIZE(fields), work->arena, ret_refusal);
}

struct reply handle_appraisal_report(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AppraisalReportRequest *query = (const Contracts__AppraisalReportRequest *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        const Texts__TextVersion *texts = rules_on(work, DATED_CONSULTATION_TEXTS, work->today);
        struct loaded_contract loaded;
        Contracts__AppraisalRow *row;
        struct refusal refusal;

        if (!loaded_appraisal_for_query(work, query->contract_id, query->lot, &loaded, &row, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__AppraisalView *view = view_of_appraisal(work, row, share_of(rules->agreement->gap));
        if (!is_complete(view, &refusal))
                return reply_refusal(work, &refusal);
        char *head = merged(work, &loaded, view, "appraisal_head", &refusal);
        char *foot = head == NULL ? NULL : merged(work, &loaded, view, "appraisal_foot", &refusal);
        if (foot == NULL)
                return reply_refusal(work, &refusal);

        Contracts__AppraisalReportReply *reply = pb_new(&contracts__appraisal_report_reply__descriptor, work->arena);
        reply->text = report_text(view, head, foot, work->arena);
        reply->texts_version = texts->version;
        for (size_t i = 0; i < view->n_offers; i++)
                add_lines(work, view, view->offers[i], reply);
        return reply_ok(work, reply);
}
