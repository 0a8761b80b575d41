/* contract_tables: what is owed, late, under way, in French tables. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/base/text.h"
#include "common/base/world.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/network_codes.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"

enum {
        PAGE_SIZE = 200,
        NAME_WIDTH = 30,
        FIGURE_WIDTH = -12,
        LIGHT_WIDTH = 11,
        CONTRACT_WIDTH = 44,
        DAY_WIDTH = 20,
        KNOWN_MAX = 64,
};

/* A name in its column: what does not fit is cut. */
static void print_name(const char *name, int width)
{
        size_t size = utf8_cut(name, (size_t)width - 2);
        char cut[4 * CONTRACT_WIDTH + 4];
        (void)snprintf(cut, sizeof(cut), "%.*s%s", (int)size, name, name[size] == '\0' ? "" : "…");
        print_cell(cut, width);
}

static void print_hours(struct arena *arena, const Types__Hours *hours)
{
        print_cell(french_hours(arena, hours_of(hours)), FIGURE_WIDTH);
}

static void print_heads(const char *const *heads, size_t count)
{
        for (size_t i = 0; i < count; i++)
                print_cell(heads[i], FIGURE_WIDTH);
        (void)putchar('\n');
}

/* Nothing to show is an answer. */
static int told(size_t count, const char *none)
{
        if (count == 0)
                (void)puts(none);
        return CTL_DONE;
}

/* ---- contracts that lines name, each asked once */

struct known {
        struct session *session;
        struct code_lists codes; /* of the network; none where they cannot be read */
        struct arena arena;
        struct id ids[KNOWN_MAX];
        const char *labels[KNOWN_MAX];
        size_t count;
};

static const char *label_of(struct known *known, const Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        Contracts__ContractLine line = CONTRACTS__CONTRACT_LINE__INIT;
        struct id id = id_of(contract);
        for (size_t i = 0; i < known->count; i++)
                if (id_equal(known->ids[i], id))
                        return known->labels[i];
        query.contract_id = (Types__Id *)(uintptr_t)contract;
        const Contracts__ContractView *view =
                session_call(known->session, "contracts.ContractById", &query, NULL, &known->arena);
        if (view == NULL)
                return "?";
        line.number = view->record->number;
        line.object = view->record->object;
        line.buyer_name = view->record->buyer_name;
        line.buyer_siret = view->record->buyer_siret;
        const char *label = contract_label(&line, &known->arena);
        if (known->count < KNOWN_MAX) {
                known->ids[known->count] = id;
                known->labels[known->count++] = label;
        }
        return label;
}

/* ---- find */

static bool print_found(void *context, const Contracts__ContractLine *line)
{
        size_t *count = context;
        char id[ID_TEXT_SIZE];
        scoped(arena_fini) struct arena arena = {0};
        id_format(id_of(line->contract_id), id);
        (void)printf("%s  %s\n", id, contract_label(line, &arena));
        return ++*count < PAGE_SIZE;
}

int contract_find(struct session *session, const struct wanted *wanted)
{
        size_t count = 0;
        if (!find_contracts(session, wanted->words, print_found, &count))
                return CTL_FAILED;
        if (count == PAGE_SIZE)
                (void)printf("Les %d premiers, les plus récents ; d'autres mots en laissent moins.\n", PAGE_SIZE);
        if (count > 0)
                return CTL_DONE;
        (void)failed_as(CTL_NOT_FOUND);
        return complain(
                "aucun contrat n'a « %s » dans son numéro, son objet, son acheteur ou le SIRET d'un titulaire ; "
                "essayez moins de mots.",
                wanted->words);
}

/* ---- ledger */

static const char *const figures_heads[] = {"dues", "réalisées", "converties", "transférées", "remises", "restent"};

static void print_member(struct arena *arena, const Contracts__ObligationView *one)
{
        print_name(one->contractor_name, NAME_WIDTH);
        print_hours(arena, one->due);
        print_hours(arena, one->done);
        print_hours(arena, one->converted);
        print_hours(arena, one->transferred);
        print_hours(arena, one->waived);
        print_hours(arena, one->remaining);
        (void)putchar('\n');
}

static void print_total(struct arena *arena, const Contracts__LedgerFigures *total)
{
        if (total == NULL)
                return;
        print_cell("ensemble", NAME_WIDTH);
        print_hours(arena, total->due);
        print_hours(arena, total->done);
        print_hours(arena, total->converted);
        print_hours(arena, total->transferred);
        print_hours(arena, total->waived);
        print_hours(arena, total->remaining);
        (void)putchar('\n');
}

static bool print_clause(struct session *session, const Contracts__ClauseView *clause)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ClauseLedger query = CONTRACTS__CLAUSE_LEDGER__INIT;
        query.clause_id = clause->clause_id;
        const Contracts__ClauseLedgerReply *reply =
                session_call(session, "contracts.ClauseLedger", &query, NULL, &arena);
        if (reply == NULL)
                return false;
        (void)printf("Lot %u : %s demandées par la clause%s%s\n", reply->lot,
                     french_hours(&arena, hours_of(reply->clause_hours)),
                     reply->form > CONTRACTS__GROUP_FORM__NO_GROUP ? " ; groupement " : "",
                     reply->form > CONTRACTS__GROUP_FORM__NO_GROUP
                             ? french_value(&contracts__group_form__descriptor, reply->form)
                             : "");
        print_cell("", NAME_WIDTH);
        print_heads(figures_heads, ARRAY_SIZE(figures_heads));
        for (size_t i = 0; i < reply->n_members; i++)
                print_member(&arena, reply->members[i]);
        print_total(&arena, reply->total);
        (void)printf("%s\n\n", reply->note);
        return true;
}

/* Each movement of one company's account. */
static int print_entries(struct session *session, struct id obligation)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = id_to(&arena, obligation);
        const Contracts__ObligationView *one = session_call(session, "contracts.ObligationById", &query, NULL, &arena);
        if (one == NULL)
                return CTL_FAILED;
        print_cell("", NAME_WIDTH);
        print_heads(figures_heads, ARRAY_SIZE(figures_heads));
        print_member(&arena, one);
        (void)putchar('\n');
        for (size_t i = 0; i < one->n_entries; i++) {
                const Contracts__LedgerEntry *entry = one->entries[i];
                print_hours(&arena, entry->hours);
                (void)printf("  %s → %s", french_value(&contracts__account__descriptor, (int32_t)entry->from),
                             french_value(&contracts__account__descriptor, (int32_t)entry->to));
                if (entry->month != NULL)
                        (void)printf(" · %s", french_month(&arena, month_of(entry->month)));
                (void)printf(" · %s\n", entry->cause);
        }
        return CTL_DONE;
}

static int print_company(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__CompanyLedger query = CONTRACTS__COMPANY_LEDGER__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        query.page = &page;
        query.siret = arena_text(&arena, wanted->siret);
        size_t count = 0;
        do {
                const Contracts__CompanyLedgerReply *reply =
                        session_call(session, "contracts.CompanyLedger", &query, NULL, &arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++, count++) {
                        if (count == 0) {
                                print_cell("", NAME_WIDTH);
                                print_heads(figures_heads, ARRAY_SIZE(figures_heads));
                        }
                        (void)printf("%s · %s · %s\n", reply->lines[i]->contract_number, reply->lines[i]->buyer_name,
                                     reply->lines[i]->object);
                        print_member(&arena, reply->lines[i]->obligation);
                }
                print_total(&arena, reply->n_lines > 1 ? reply->total : NULL);
                page.after = reply->next;
        } while (page.after.len > 0);
        return told(count, "Aucune obligation de cette entreprise.");
}

int contract_ledger(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        struct id id;
        if (wanted->siret != NULL)
                return print_company(session, wanted);
        if (strstr(wanted->words, " / ") != NULL)
                return find_thing(session, "obligation_id", "obligation", wanted->words, &id)
                               ? print_entries(session, id)
                               : CTL_FAILED;
        if (!find_thing(session, "contract_id", "contrat", wanted->words, &id))
                return CTL_FAILED;
        query.contract_id = id_to(&arena, id);
        const Contracts__ContractView *view = session_call(session, "contracts.ContractById", &query, NULL, &arena);
        size_t count = 0;
        for (size_t i = 0; view != NULL && i < view->n_clauses; i++) {
                if (wanted->lot != 0 && view->clauses[i]->lot != wanted->lot)
                        continue;
                if (!print_clause(session, view->clauses[i]))
                        return CTL_FAILED;
                count++;
        }
        return view == NULL ? CTL_FAILED : told(count, "Aucune clause, donc aucune heure due.");
}

/* ---- late */

/* A reminder whose day has come is to be made; another one will be. */
static void print_reminder(struct arena *arena, const Types__Day *on)
{
        struct world world = world_real();
        bool has_come = on->days <= day_number(local_day("", world.now_ms(&world)));
        (void)printf(" ; %s le %s",
                     has_come ? "relance à faire depuis" : "prochaine relance :", french_day(arena, day_of(on)));
}

static void print_late(struct arena *arena, struct known *known, const Contracts__StatementLine *line)
{
        print_cell(arena_printf(arena, "au %s", french_day(arena, day_of(line->period_end))), DAY_WIDTH + 4);
        print_cell(line->days_late == 0
                           ? arena_printf(arena, "dû le %s", french_day(arena, day_of(line->due_on)))
                           : arena_printf(arena, "en retard de %s", french_count(arena, line->days_late, "jour")),
                   DAY_WIDTH + 8);
        print_name(line->contractor_name, NAME_WIDTH);
        (void)printf("%s\n", label_of(known, line->contract_id));
        (void)fputs("    manque : ", stdout);
        for (size_t i = 0; i < line->n_missing; i++)
                (void)printf("%s%s", i > 0 ? ", " : "",
                             code_label(&known->codes, "control_documents", line->missing[i]));
        if (line->next_reminder_on != NULL)
                print_reminder(arena, line->next_reminder_on);
        (void)putchar('\n');
}

int contract_late(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        struct known known = {.session = session};
        Contracts__LateStatementsRequest query = CONTRACTS__LATE_STATEMENTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        query.page = &page;
        query.territory = arena_text(&arena, wanted->territory);
        query.buyer_siret = arena_text(&arena, wanted->buyer);
        query.within_days = (uint32_t)wanted->days;
        size_t count = 0;
        if (!network_codes(wanted->directory, &known.codes))
                known.codes = (struct code_lists){0};
        const Contracts__LateStatementsReply *reply;
        do {
                reply = session_call(session, "contracts.LateStatements", &query, NULL, &arena);
                for (size_t i = 0; reply != NULL && i < reply->n_lines; i++, count++)
                        print_late(&arena, &known, reply->lines[i]);
                page.after = reply != NULL ? reply->next : (ProtobufCBinaryData){0, NULL};
        } while (page.after.len > 0);
        arena_fini(&known.arena);
        codes_free(&known.codes);
        return reply == NULL ? CTL_FAILED : told(count, "Aucun relevé n'est en retard.");
}

/* ---- progress */

static void print_share(struct arena *arena, const Types__Share *share)
{
        print_cell(share == NULL ? "–" : french_share(arena, share_of_millionths(share->millionths / 10000 * 10000)),
                   FIGURE_WIDTH);
}

static void print_progress(struct arena *arena, struct known *known, const Contracts__ProgressView *line)
{
        print_cell(french_value(&contracts__progress_light__descriptor, (int32_t)line->light), LIGHT_WIDTH);
        print_name(line->contractor_name, NAME_WIDTH);
        print_hours(arena, line->done);
        print_hours(arena, line->expected);
        print_hours(arena, line->owed);
        print_share(arena, line->done_share);
        print_share(arena, line->elapsed_share);
        (void)printf("  %s\n", label_of(known, line->contract_id));
}

int contract_progress(struct session *session, const struct wanted *wanted)
{
        static const char *const heads[] = {"réalisées", "attendues", "dues", "part faite", "temps passé"};
        scoped(arena_fini) struct arena arena = {0};
        struct known known = {.session = session};
        Contracts__ProgressRequest query = CONTRACTS__PROGRESS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        query.page = &page;
        query.territory = arena_text(&arena, wanted->territory);
        query.buyer_siret = arena_text(&arena, wanted->buyer);
        size_t count = 0;
        const Contracts__ProgressReply *reply;
        do {
                reply = session_call(session, "contracts.Progress", &query, NULL, &arena);
                for (size_t i = 0; reply != NULL && i < reply->n_lines; i++, count++) {
                        if (count == 0) {
                                print_cell("", LIGHT_WIDTH + NAME_WIDTH);
                                print_heads(heads, ARRAY_SIZE(heads));
                        }
                        print_progress(&arena, &known, reply->lines[i]);
                }
                page.after = reply != NULL ? reply->next : (ProtobufCBinaryData){0, NULL};
        } while (page.after.len > 0);
        arena_fini(&known.arena);
        return reply == NULL ? CTL_FAILED : told(count, "Aucune obligation en cours.");
}

/* ---- cases */

static void print_case(struct arena *arena, struct known *known, const Contracts__CaseView *one)
{
        char id[ID_TEXT_SIZE];
        id_format(id_of(one->case_->case_id), id);
        (void)printf("%s  ", id);
        print_cell(french_value(&contracts__case_step__descriptor, (int32_t)one->case_->step), NAME_WIDTH);
        print_name(one->contractor_name, NAME_WIDTH);
        (void)printf("%s\n    %s, ouvert le %s", label_of(known, one->case_->contract_id),
                     french_value(&contracts__case_ground__descriptor, (int32_t)one->case_->ground),
                     french_day(arena, day_of(one->case_->opened_on)));
        if (one->next_action[0] != '\0')
                (void)printf(" ; ensuite : %s", one->next_action);
        if (one->next_on != NULL)
                (void)printf(" (pas avant le %s)", french_day(arena, day_of(one->next_on)));
        (void)putchar('\n');
}

int contract_cases(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        struct known known = {.session = session};
        Contracts__CasesRequest query = CONTRACTS__CASES_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        struct id contract = {0};
        if (wanted->words[0] != '\0' && !find_thing(session, "contract_id", "contrat", wanted->words, &contract))
                return CTL_FAILED;
        page.limit = PAGE_SIZE;
        query.page = &page;
        query.territory = arena_text(&arena, wanted->territory);
        query.buyer_siret = arena_text(&arena, wanted->buyer);
        query.open_only = wanted->open_only;
        size_t count = 0;
        const Contracts__CasesReply *reply;
        do {
                reply = session_call(session, "contracts.Cases", &query, NULL, &arena);
                for (size_t i = 0; reply != NULL && i < reply->n_cases; i++) {
                        if (!id_is_zero(contract) && !id_equal(id_of(reply->cases[i]->case_->contract_id), contract))
                                continue;
                        print_case(&arena, &known, reply->cases[i]);
                        count++;
                }
                page.after = reply != NULL ? reply->next : (ProtobufCBinaryData){0, NULL};
        } while (page.after.len > 0);
        arena_fini(&known.arena);
        return reply == NULL ? CTL_FAILED : told(count, "Aucun dossier de contrôle.");
}
