/* final_statement: what became of a contract's clauses: hours by company and modality, persons, training, tutors,
 * cases, penalties, dates; also as a text to print, the one statement that is printed. It can be asked for at any time.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; a company, for what it owes itself.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nobody owes hours). */
#include "contracts/calls.h"
#include "services/contracts/record/access.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/french.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/control_views.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/letters.h"
#include "services/contracts/control/promises.h"
#include "services/contracts/control/suspending.h"
#include "services/contracts/control/work_done.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/subcontracts/subcontracts.h"

static struct money sum(struct money a, struct money b)
{
        return money_of_cents(money_cents(a) + money_cents(b)); /* penalty.c bounds each */
}

static Contracts__FinalStatementLine *line_of(const struct work *work, const struct loaded_control *loaded,
                                              struct work_shares *shares)
{
        size_t first = shares->count;
        Contracts__FinalStatementLine *line = pb_new(&contracts__final_statement_line__descriptor, work->arena);
        Contracts__CaseView **cases;
        size_t count = view_cases_of(work, loaded, &cases);

        line->obligation = view_of_obligation(work, loaded->obligation);
        line->progress = view_progress(work, loaded);
        work_shares_add(work, id_of(loaded->obligation->obligation_id), shares);
        line->work = work_done_view(work, shares, first);
        line->n_suspensions = suspending_of(work, loaded, &line->suspensions);
        line->attested_on = control_of(work->txn, work->arena, loaded->obligation->obligation_id)->attested_on;
        for (size_t i = count; i > 0; i--) { /* oldest first */
                line->cases = pb_append(line->cases, &line->n_cases, sizeof(*line->cases), work->arena);
                line->cases[line->n_cases - 1] = cases[i - 1]->case_;
        }
        line->penalties = money_to(work->arena, loaded_control_sums(work, loaded, (struct id){{0}}).decided);
        return line;
}

static const char *choice_told(const struct work *work, const Contracts__ControlCase *record)
{
        const Contracts__BuyerDecision *decision = record->decision;
        if (decision == NULL)
                return case_is_open(record) ? "en cours" : "clos sans décision";
        switch (decision->choice) {
        case CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE: return "l'acheteur a renoncé";
        case CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP: return "plan de rattrapage accepté par l'acheteur";
        default:
                return arena_printf(work->arena, "pénalité de %s décidée par l'acheteur",
                                    french_money(work->arena, money_of(decision->amount)));
        }
}

/* Hours that went elsewhere, where there are any. */
static char *elsewhere_told(const struct work *work, const Contracts__ObligationView *view)
{
        int64_t passed = hours_hundredths(hours_of(view->transferred)),
                waived = hours_hundredths(hours_of(view->waived));
        char *told = arena_text(work->arena, "");
        if (passed != 0)
                told = arena_printf(
                        work->arena, " ; %s %s", french_hours(work->arena, hours_of_hundredths(llabs(passed))),
                        passed > 0 ? "transférées à d'autres obligations" : "reprises d'autres obligations");
        return waived == 0 ? told
                           : arena_printf(work->arena, "%s ; %s auxquelles l'acheteur a renoncé", told,
                                          french_hours(work->arena, hours_of_hundredths(waived)));
}

/* What is left, or how much more was done than was owed. */
static char *rest_told(const struct work *work, const Contracts__ObligationView *view)
{
        int64_t left = hours_hundredths(hours_of(view->remaining));
        char *told = french_hours(work->arena, hours_of_hundredths(llabs(left)));
        return left >= 0 ? arena_printf(work->arena, "reste %s", told)
                         : arena_printf(work->arena, "rien ne reste dû, et %s réalisées en plus", told);
}

/* "lot n° 1, " also where the contract has no name for its lots, but several. */
static const char *lot_told(const struct work *work, const struct loaded_contract *contract,
                            const Contracts__FinalStatementReply *reply, uint32_t number)
{
        const char *lot = loaded_contract_lot(contract, number, work->arena);
        if (lot != NULL)
                return arena_printf(work->arena, "%s, ", lot);
        for (size_t i = 0; i < reply->n_lines; i++)
                if (reply->lines[i]->obligation->lot != number)
                        return arena_printf(work->arena, "lot n° %u, ", number);
        return "";
}

/* Hours that were taken over have no placement here. */
static char *persons_told(const struct work *work, const Contracts__WorkDone *done)
{
        char *told = french_count(work->arena, done->persons, "personne");
        if (done->placements > 0)
                told = arena_printf(work->arena, "%s, %u parcours", told, done->placements);
        return hours_hundredths(hours_of(done->training)) == 0
                       ? told
                       : arena_printf(work->arena, "%s, avec %s de formation", told,
                                      french_hours(work->arena, hours_of(done->training)));
}

static char *line_told(const struct work *work, const Contracts__FinalStatementLine *line, const char *lot)
{
        const Contracts__ObligationView *view = line->obligation;
        struct arena *arena = work->arena;
        char *told = arena_printf(arena,
                                  "- %s%s : %s prévues ; %s réalisées par des personnes suivies ; %s converties de "
                                  "factures de sous-traitance inclusive%s ; %s.\n",
                                  lot, letterhead_name(work, view->contractor_siret, view->contractor_name),
                                  french_hours(arena, hours_of(view->due)), french_hours(arena, hours_of(view->done)),
                                  french_hours(arena, hours_of(view->converted)), elsewhere_told(work, view),
                                  rest_told(work, view));
        if (line->work->persons > 0)
                told = arena_printf(arena, "%s  - %s.\n", told, persons_told(work, line->work));
        if (view->left != NULL)
                told = arena_printf(arena, "%s  - A quitté le groupement le %s%s%s.\n", told,
                                    french_day(arena, day_of(view->left->left_on)),
                                    *view->left->taker_name == '\0' ? "" : " ; ses heures sont reprises par ",
                                    view->left->taker_name);
        if (*view->formerly != '\0')
                told = arena_printf(arena, "%s  - %s\n", told, view->formerly);
        for (size_t i = 0; i < line->progress->n_promises; i++)
                told = arena_printf(arena, "%s  - Engagement de l'offre : %s.\n", told,
                                    promise_told(work, line->progress->promises[i]));
        for (size_t i = 0; i < line->n_suspensions; i++)
                told = arena_printf(arena, "%s  - Exécution suspendue %s.\n", told,
                                    suspending_told(line->suspensions[i], arena));
        for (size_t i = 0; i < line->n_cases; i++)
                told = arena_printf(arena, "%s  - Dossier de contrôle du %s, %s : %s.\n", told,
                                    french_day(arena, day_of(line->cases[i]->opened_on)),
                                    ground_told(line->cases[i]->ground), choice_told(work, line->cases[i]));
        return line->attested_on == NULL ? told
                                         : arena_printf(arena, "%s  - Attestation de réalisation du %s.\n", told,
                                                        french_day(arena, day_of(line->attested_on)));
}

static bool is_owed(const Contracts__FinalStatementReply *reply, uint32_t lot)
{
        for (size_t i = 0; i < reply->n_lines; i++)
                if (reply->lines[i]->obligation->lot == lot)
                        return true;
        return false;
}

/* Lots with a clause of which nobody owes the hours: a statement is of the whole contract. */
static char *unowed_told(const struct work *work, const struct loaded_contract *contract,
                         const Contracts__FinalStatementReply *reply)
{
        char *told = arena_text(work->arena, "");
        struct walk walk;
        struct id id;

        contracts_walk_clauses_of_contract(work->txn, contract->id, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id);
                if (clause == NULL || is_owed(reply, clause->lot))
                        continue;
                const char *lot = loaded_contract_lot(contract, clause->lot, work->arena);
                told = arena_printf(work->arena, "%s- %s : %s prévues, qu'aucune entreprise ne doit à ce jour.\n", told,
                                    lot == NULL ? "contrat" : lot, french_hours(work->arena, hours_of(clause->hours)));
        }
        walk_end(&walk);
        return told;
}

/* The sums over the lines. What one did beyond what it owes pays nothing of what another owes. */
static char *totals_told(const struct work *work, const Contracts__FinalStatementReply *reply)
{
        int64_t due = 0, done = 0, converted = 0, remaining = 0, surplus = 0;
        struct arena *arena = work->arena;
        for (size_t i = 0; i < reply->n_lines; i++) { /* each is bounded, and they are few */
                const Contracts__ObligationView *view = reply->lines[i]->obligation;
                due += hours_hundredths(hours_of(view->due));
                done += hours_hundredths(hours_of(view->done));
                converted += hours_hundredths(hours_of(view->converted));
                int64_t left = hours_hundredths(hours_of(view->remaining));
                *(left > 0 ? &remaining : &surplus) += llabs(left);
        }
        char *told = arena_printf(
                arena,
                "- Heures prévues : %s\n- Heures réalisées par des personnes suivies : %s\n"
                "- Heures converties de factures de sous-traitance inclusive : %s\n- Heures restant dues : %s",
                french_hours(arena, hours_of_hundredths(due)), french_hours(arena, hours_of_hundredths(done)),
                french_hours(arena, hours_of_hundredths(converted)),
                french_hours(arena, hours_of_hundredths(remaining)));
        return surplus == 0 ? told
                            : arena_printf(arena, "%s\n- Heures réalisées au-delà de ce qui est dû : %s", told,
                                           french_hours(arena, hours_of_hundredths(surplus)));
}

/* An article of its own, where there is anything to say. */
static char *subcontracts_told(const struct work *work, const Contracts__FinalStatementReply *reply)
{
        char *told = arena_text(work->arena, "");
        if (reply->n_subcontracts == 0 && reply->n_subcontract_findings == 0)
                return told;
        told = arena_text(work->arena, "\n\n6. Sous-traitance");
        for (size_t i = 0; i < reply->n_subcontracts; i++)
                told = arena_printf(work->arena, "%s\n- %s", told, subcontract_told(work, reply->subcontracts[i]));
        for (size_t i = 0; i < reply->n_subcontract_findings; i++)
                told = arena_printf(work->arena, "%s\n- %s", told, reply->subcontract_findings[i]->text);
        return told;
}

static char *dates_told(const struct work *work, const struct loaded_contract *contract,
                        const struct loaded_control *first)
{
        char *told = first->has_span ? arena_printf(work->arena, "Exécution du %s au %s",
                                                    french_day(work->arena, first->span.start),
                                                    french_day(work->arena, first->span.end))
                                     : arena_text(work->arena, "Dates d'exécution non connues");
        bool has_ended = contract->file != NULL && contract->file->ended_on != NULL;
        return !has_ended ? told
                          : arena_printf(work->arena, "%s ; contrat terminé le %s", told,
                                         french_day(work->arena, day_of(contract->file->ended_on)));
}

/* The lines that the reader may see, with who worked for them; the matter of the first of them. */
static void add_lines(const struct work *work, const struct loaded_contract *contract,
                      Contracts__FinalStatementReply *reply, struct loaded_control *ret_first)
{
        struct work_shares shares = {.count = 0};
        struct loaded_control loaded;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(work->txn, contract->id, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                /* Security: a company sees what it owes itself, not the other members of a group. */
                if (obligation == NULL || !access_obligation(work, obligation) ||
                    !loaded_control_read(work, obligation, &loaded))
                        continue;
                if (reply->n_lines == 0)
                        *ret_first = loaded;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = line_of(work, &loaded, &shares);
        }
        walk_end(&walk);
        reply->work = work_done_view(work, &shares, 0);
}

struct reply handle_final_statement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__FinalStatementRequest *query = (const Contracts__FinalStatementRequest *)message;
        Contracts__FinalStatementReply *reply = pb_new(&contracts__final_statement_reply__descriptor, work->arena);
        struct loaded_contract contract;
        struct refusal refusal;
        struct loaded_control first = {.has_span = false};
        struct final_figures figures = {.lines = arena_text(work->arena, ""), .penalties = money_of_cents(0)};

        if (!loaded_contract_find(work, query->contract_id, &contract, &refusal))
                return reply_refusal(work, &refusal);
        add_lines(work, &contract, reply, &first);
        if (reply->n_lines == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                    "Personne ne doit d'heures sur ce contrat : il n'y a pas de bilan à établir.");
        for (size_t i = 0; i < reply->n_lines; i++) {
                figures.penalties = sum(figures.penalties, money_of(reply->lines[i]->penalties));
                const char *lot = lot_told(work, &contract, reply, reply->lines[i]->obligation->lot);
                figures.lines = arena_printf(work->arena, "%s%s", figures.lines, line_told(work, reply->lines[i], lot));
        }
        if (work->actor->role != TYPES__ROLE__COMPANY) /* Security: a company reads of what it owes itself */
                figures.lines = arena_printf(work->arena, "%s%s", figures.lines, unowed_told(work, &contract, reply));
        size_t size = strlen(figures.lines);
        if (size > 0) /* the last line ends with the text that it goes into */
                figures.lines[size - 1] = '\0';
        figures.totals = totals_told(work, reply);
        const Contracts__SubcontractsReply *subcontracts = subcontracts_view(work, contract.id, contract.record);
        reply->subcontracts = subcontracts->subcontracts;
        reply->n_subcontracts = subcontracts->n_subcontracts;
        reply->subcontract_findings = subcontracts->findings;
        reply->n_subcontract_findings = subcontracts->n_findings;
        figures.persons =
                arena_printf(work->arena, "%s%s", work_done_told(work, reply->work), subcontracts_told(work, reply));
        figures.dates = dates_told(work, &contract, &first);
        reply->penalties = money_to(work->arena, figures.penalties);
        struct letter letter;
        if (!letter_final_statement(work, &contract, &figures, &letter, &refusal))
                return reply_refusal(work, &refusal);
        reply->text = letter.text;
        reply->to_confirm = letter.to_confirm.texts;
        reply->n_to_confirm = letter.to_confirm.count;
        return reply_ok(work, reply);
}
