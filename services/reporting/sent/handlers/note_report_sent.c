/* NoteReportSent: figures left for somebody: they are kept as they stand. Emits ReportSent. Refuses what names no
 * figures or two kinds of them, a year to come, a territory that is not the actor's, and the same note again. */
#include "common/base/french.h"
#include "reporting/calls.h"
#include "services/reporting/queries/consolidation.h"
#include "services/reporting/queries/statement.h"
#include "services/reporting/sent/changes.h"

static bool names_figures(const struct work *work, const Reporting__NoteReportSent *command, struct refusal *ret)
{
        bool is_statement = command->contract_id != NULL;
        if (is_statement == (command->year != 0))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, is_statement ? "year" : "contract_id",
                              "Indiquez le contrat dont le bilan a été envoyé, ou l'année de la consolidation : l'un "
                              "ou l'autre.");
        if (is_statement && command->territory[0] != '\0')
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le bilan d'un contrat n'a pas de département : laissez ce champ vide.");
        if (command->year > year_of_day(work->today))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "year",
                              "L'année %u n'est pas commencée : indiquez celle des chiffres envoyés.", command->year);
        if (!is_statement && !passport_covers(work->actor, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Vous notez l'envoi des chiffres de vos départements : indiquez l'un d'eux.");
        return true;
}

static bool is_same(const Reporting__ReportSent *one, const Reporting__ReportSent *other)
{
        return one->year == other->year && strcmp(one->territory, other->territory) == 0 &&
               strcmp(one->recipient, other->recipient) == 0 && one->sent_on->days == other->sent_on->days;
}

static bool is_new(struct work *work, const Reporting__ReportSent *sent, struct refusal *ret)
{
        struct id contract = id_of(sent->contract_id), id;
        bool found = false;
        struct walk walk;
        sent_walk(work->txn, &contract, slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Reporting__SentReportRow *row = sent_get(work->txn, id, work->arena);
                found = row->withdrawn == NULL && is_same(row->sent, sent);
        }
        walk_end(&walk);
        return !found || refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "recipient",
                                "Cet envoi du %s à « %s » est déjà noté ; s'il l'a été par erreur, retirez-le d'abord "
                                "(WithdrawSentReport).",
                                french_day(work->arena, day_of(sent->sent_on)), sent->recipient);
}

static void keep_figures(struct work *work, const Reporting__NoteReportSent *command, Reporting__ReportSent *sent)
{
        if (command->contract_id != NULL) {
                sent->statement = statement_reply(work, command->contract_id);
                changes_positions(work, sent);
                return;
        }
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        request.year = command->year;
        request.territory = command->territory;
        sent->consolidation = consolidation_reply(work, &request);
        changes_sums(work, sent);
}

struct reply handle_note_report_sent(struct work *work, const ProtobufCMessage *message)
{
        const Reporting__NoteReportSent *command = (const void *)message;
        Reporting__NoteReportSentReply *reply = pb_new(&reporting__note_report_sent_reply__descriptor, work->arena);
        Reporting__ReportSent sent = REPORTING__REPORT_SENT__INIT;
        struct refusal refusal;

        sent.contract_id = command->contract_id;
        sent.year = command->year;
        sent.territory = command->territory;
        sent.recipient = command->recipient;
        sent.sent_on = command->sent_on != NULL ? command->sent_on : day_to(work->arena, work->today);
        if (command->contract_id != NULL && contract_get(work->txn, id_of(command->contract_id), work->arena) == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu ici : vérifiez son identifiant, ou recommencez dans un "
                                    "instant s'il vient d'être enregistré.");
        if (!names_figures(work, command, &refusal) || !is_new(work, &sent, &refusal))
                return reply_refusal(work, &refusal);
        sent.report_id = id_to(work->arena, work_new_id(work));
        keep_figures(work, command, &sent);
        reply->report_id = sent.report_id;
        if (sent.sent_on->days != day_number(work->today)) {
                pb_append_text(&reply->warnings, &reply->n_warnings,
                               arena_printf(work->arena,
                                            "Les chiffres gardés sont ceux d'aujourd'hui, non ceux du %s : "
                                            "vérifiez que le document envoyé a les mêmes.",
                                            french_day(work->arena, day_of(sent.sent_on))),
                               work->arena);
        }
        work_record(work, &sent.base);
        return reply_ok(work, reply);
}
