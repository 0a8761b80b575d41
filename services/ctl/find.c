#include "services/ctl/find.h"

#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "accounts/queries.pb-c.h"

enum { SHOWN_MAX = 10, PAGE_SIZE = 200, WORD_SIZE = 64, OBJECT_SHOWN = 60 };

/* What was found so far, with a line to tell each by. */
struct finding {
        struct session *session;
        struct arena *arena;
        const char *words; /* that must stand in a line */
        size_t count;
        struct id ids[SHOWN_MAX];
        const char *lines[SHOWN_MAX];
        struct id exact; /* whose number is what was typed; zero: none */
        size_t exact_count;
};

static bool has_words(const char *line, const char *words)
{
        char word[WORD_SIZE], folded_word[WORD_SIZE], folded[1024];
        text_fold(line, folded, sizeof(folded));
        for (const char *at = words; *at != '\0';) {
                size_t size = strcspn(at, " ,;");
                (void)snprintf(word, sizeof(word), "%.*s", (int)size, at);
                text_fold(word, folded_word, sizeof(folded_word));
                if (strstr(folded, folded_word) == NULL)
                        return false;
                at += size + (at[size] != '\0');
        }
        return true;
}

static void add_line(struct finding *finding, struct id id, const char *line)
{
        if (!has_words(line, finding->words))
                return;
        if (finding->count < SHOWN_MAX) {
                finding->ids[finding->count] = id;
                finding->lines[finding->count] = line;
        }
        finding->count++;
}

/* ---- contracts */

bool find_contracts(struct session *session, const char *words,
                    bool (*each)(void *context, const Contracts__ContractLine *line), void *context)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        query.page = &page;
        query.words = arena_text(&arena, words);
        do {
                const Contracts__ContractsReply *reply =
                        session_call(session, "contracts.Contracts", &query, NULL, &arena);
                if (reply == NULL)
                        return false;
                for (size_t i = 0; i < reply->n_contracts; i++)
                        if (!each(context, reply->contracts[i]))
                                return true;
                page.after = reply->next;
        } while (page.after.len > 0);
        return true;
}

const char *contract_label(const Contracts__ContractLine *line, struct arena *arena)
{
        size_t size = utf8_cut(line->object, OBJECT_SHOWN);
        return arena_printf(arena, "%s · %s · %.*s%s", line->number[0] != '\0' ? line->number : "sans numéro",
                            line->buyer_name[0] != '\0' ? line->buyer_name : line->buyer_siret, (int)size, line->object,
                            line->object[size] != '\0' ? "…" : "");
}

static bool take_contract(void *context, const Contracts__ContractLine *line)
{
        struct finding *finding = context;
        struct id id = id_of(line->contract_id);
        if (finding->count < SHOWN_MAX) {
                finding->ids[finding->count] = id;
                finding->lines[finding->count] = contract_label(line, finding->arena);
        }
        finding->count++;
        if (strcmp(line->number, finding->words) == 0) {
                finding->exact = id;
                finding->exact_count++;
        }
        return true;
}

/* ---- what belongs to one */

typedef bool (*list_f)(struct finding *finding, struct id contract);

static const Contracts__ContractFactsReply *facts_of(const struct finding *finding, struct id contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = id_to(finding->arena, contract);
        return session_call(finding->session, "contracts.ContractFacts", &query, NULL, finding->arena);
}

static bool list_clauses(struct finding *finding, struct id contract)
{
        const Contracts__ContractFactsReply *facts = facts_of(finding, contract);
        for (size_t i = 0; facts != NULL && i < facts->contract->n_clauses; i++) {
                const Contracts__ClauseView *clause = facts->contract->clauses[i];
                add_line(finding, id_of(clause->clause_id),
                         arena_printf(finding->arena, "lot %u · %s", clause->lot,
                                      french_hours(finding->arena, hours_of(clause->hours))));
        }
        return facts != NULL;
}

static bool list_obligations(struct finding *finding, struct id contract)
{
        const Contracts__ContractFactsReply *facts = facts_of(finding, contract);
        for (size_t i = 0; facts != NULL && i < facts->contract->n_clauses; i++)
                for (size_t j = 0; j < facts->contract->clauses[i]->n_obligations; j++) {
                        const Contracts__ObligationView *one = facts->contract->clauses[i]->obligations[j];
                        add_line(finding, id_of(one->obligation_id),
                                 arena_printf(finding->arena, "lot %u · %s · %s", one->lot, one->contractor_name,
                                              one->contractor_siret));
                }
        return facts != NULL;
}

static bool list_cases(struct finding *finding, struct id contract)
{
        const Contracts__ContractFactsReply *facts = facts_of(finding, contract);
        for (size_t i = 0; facts != NULL && i < facts->n_control; i++)
                for (size_t j = 0; j < facts->control[i]->n_cases; j++) {
                        const Contracts__CaseView *one = facts->control[i]->cases[j];
                        add_line(finding, id_of(one->case_->case_id),
                                 arena_printf(finding->arena, "%s · %s · ouvert le %s · %s", one->contractor_name,
                                              french_value(&contracts__case_ground__descriptor, one->case_->ground),
                                              french_day(finding->arena, day_of(one->case_->opened_on)),
                                              french_value(&contracts__case_step__descriptor, one->case_->step)));
                }
        return facts != NULL;
}

static bool list_needs(struct finding *finding, struct id contract)
{
        const Contracts__ContractFactsReply *facts = facts_of(finding, contract);
        for (size_t i = 0; facts != NULL && i < facts->n_needs; i++)
                add_line(finding, id_of(facts->needs[i]->need_id),
                         arena_printf(finding->arena, "%u × %s (%s)", facts->needs[i]->positions,
                                      facts->needs[i]->title, facts->needs[i]->rome_code));
        return facts != NULL;
}

static bool list_questions(struct finding *finding, struct id contract)
{
        Contracts__ConsultationRequest query = CONTRACTS__CONSULTATION_REQUEST__INIT;
        query.contract_id = id_to(finding->arena, contract);
        const Contracts__ConsultationView *view =
                session_call(finding->session, "contracts.Consultation", &query, NULL, finding->arena);
        for (size_t i = 0; view != NULL && i < view->n_questions; i++) {
                const Contracts__QuestionView *one = view->questions[i];
                add_line(finding, id_of(one->question_id),
                         arena_printf(finding->arena, "question %u · %s · %s", one->number,
                                      french_value(&contracts__question_state__descriptor, one->state), one->wording));
        }
        return view != NULL;
}

/* ---- what belongs to none: found by its own words */

static bool list_accounts(struct finding *finding, struct id contract)
{
        Accounts__UsersRequest query = ACCOUNTS__USERS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        (void)contract;
        page.limit = PAGE_SIZE;
        query.page = &page;
        do {
                const Accounts__UsersReply *reply =
                        session_call(finding->session, "accounts.Users", &query, NULL, finding->arena);
                if (reply == NULL)
                        return false;
                for (size_t i = 0; i < reply->n_users; i++) {
                        const Accounts__UserView *user = reply->users[i];
                        add_line(finding, id_of(user->user_id), user->name);
                        if (strcmp(user->name, finding->words) == 0) {
                                finding->exact = id_of(user->user_id);
                                finding->exact_count++;
                        }
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        return true;
}

static bool list_agreements(struct finding *finding, struct id contract)
{
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        (void)contract;
        page.limit = PAGE_SIZE;
        query.page = &page;
        do {
                const Contracts__AgreementsReply *reply =
                        session_call(finding->session, "contracts.Agreements", &query, NULL, finding->arena);
                if (reply == NULL)
                        return false;
                for (size_t i = 0; i < reply->n_agreements; i++) {
                        const Contracts__AgreementView *one = reply->agreements[i];
                        add_line(finding, id_of(one->agreement_id),
                                 arena_printf(finding->arena, "convention · %s · %s · %s", one->agreement->buyer_name,
                                              one->agreement->buyer_siret,
                                              french_value(&contracts__agreement_state__descriptor, one->state)));
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        return true;
}

/* ---- by the name of the field */

static const struct kind {
        const char *ends; /* of the field's name */
        const char *whats, *how;
        list_f list;   /* NULL: contracts themselves */
        bool is_alone; /* it belongs to no contract */
} kinds[] = {
        {"contract_id", "contrats", "son numéro, ou quelques mots de son objet ou de son acheteur", NULL, true},
        {"agreement_id", "conventions", "quelques mots de son acheteur", list_agreements, true},
        {"readers", "comptes", "le nom du compte", list_accounts, true},
        {"clause_id", "clauses", "son contrat, par numéro ou quelques mots, puis « / lot 1 » s'il en a plusieurs",
         list_clauses, false},
        {"obligation_id", "obligations",
         "son contrat, par numéro ou quelques mots, puis « / ENTREPRISE » s'il en a plusieurs", list_obligations,
         false},
        {"case_id", "dossiers", "son contrat, par numéro ou quelques mots, puis « / ENTREPRISE » s'il en a plusieurs",
         list_cases, false},
        {"need_id", "besoins", "son contrat, par numéro ou quelques mots, puis « / MÉTIER » s'il en a plusieurs",
         list_needs, false},
        {"question_id", "questions",
         "son contrat, par numéro ou quelques mots, puis « / question 1 » s'il en a plusieurs", list_questions, false},
};

static const struct kind *kind_of(const char *field)
{
        size_t size = strlen(field);
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                size_t ends = strlen(kinds[i].ends);
                if (size >= ends && strcmp(field + size - ends, kinds[i].ends) == 0)
                        return &kinds[i];
        }
        return NULL;
}

const char *find_how(const char *field)
{
        const struct kind *kind = kind_of(field);
        return kind == NULL ? NULL : kind->how;
}

static bool tell_no_id(const char *told, const char *text)
{
        (void)failed_as(CTL_MISUSED);
        return complain("%s : « %s » n'est pas un identifiant (un UUID).", told, text) == CTL_DONE;
}

static bool tell_none(const char *told, const struct kind *kind, const char *text)
{
        (void)failed_as(CTL_NOT_FOUND);
        (void)complain(
                "%s : « %s » ne désigne rien parmi les %s que vous voyez ; « guichetctl contract find MOTS » cherche "
                "un contrat par son numéro, son objet ou son acheteur ; ce qu'il contient se précise derrière une "
                "barre : « 2026-118 / lot 2 », « école / Durand ».",
                told, text, kind->whats);
        return false;
}

/* The contract is found; what belongs to it is not. */
static bool tell_none_inside(const char *told, const struct kind *kind, const char *text, const char *rest)
{
        (void)failed_as(CTL_NOT_FOUND);
        (void)complain("%s : « %s » : ce contrat n'a pas %s%s%s%s%s que vous voyez.", told, text,
                       kind->whats[0] == 'o' ? "d'" : "de ", kind->whats, rest[0] != '\0' ? " où se trouve « " : "",
                       rest, rest[0] != '\0' ? " », parmi ceux" : "");
        return false;
}

static bool tell_several(const char *told, const struct kind *kind, const char *text, const struct finding *finding)
{
        char id[ID_TEXT_SIZE];
        (void)failed_as(CTL_NOT_FOUND);
        (void)complain("%s : « %s » désigne %zu %s ; précisez, ou donnez l'identifiant :", told, text, finding->count,
                       kind->whats);
        for (size_t i = 0; i < finding->count && i < SHOWN_MAX; i++) {
                id_format(finding->ids[i], id);
                (void)fprintf(stderr, "  %s  %s\n", id, finding->lines[i]);
        }
        if (finding->count > SHOWN_MAX)
                (void)fprintf(stderr, "  … et %zu autres\n", finding->count - SHOWN_MAX);
        return false;
}

/* One of them is meant; else it is told. */
static bool settle(const char *told, const struct kind *kind, const char *text, const struct finding *finding,
                   struct id *ret)
{
        if (finding->exact_count == 1 || finding->count == 1) {
                *ret = finding->exact_count == 1 ? finding->exact : finding->ids[0];
                return true;
        }
        return finding->count == 0 ? tell_none(told, kind, text) : tell_several(told, kind, text, finding);
}

/* "école / lot 2": the contract's part, and what follows the slash; "": nothing does. */
static const char *split(const char *text, struct arena *arena, const char **ret_rest)
{
        const char *bar = strstr(text, " / ");
        *ret_rest = bar == NULL ? "" : bar + 3;
        return bar == NULL ? text : arena_printf(arena, "%.*s", (int)(bar - text), text);
}

bool find_thing(struct session *session, const char *field, const char *told, const char *text, struct id *ret)
{
        scoped(arena_fini) struct arena arena = {0};
        struct finding finding = {.session = session, .arena = &arena, .words = text};
        const struct kind *kind = kind_of(field);
        const char *rest;
        if (id_parse(text, ret) == 0)
                return true;
        char folded[WORD_SIZE];
        text_fold(text, folded, sizeof(folded));
        if (kind == NULL || folded[0] == '\0') /* "…" is in every contract */
                return tell_no_id(told, text);

        if (kind->is_alone && kind->list != NULL)
                return kind->list(&finding, (struct id){0}) && settle(told, kind, text, &finding, ret);

        struct id contract;
        finding.words = split(text, &arena, &rest);
        if (id_parse(finding.words, &contract) != 0 &&
            (!find_contracts(session, finding.words, take_contract, &finding) ||
             !settle(told, &kinds[0], finding.words, &finding, &contract)))
                return false;
        if (kind->is_alone) {
                *ret = contract;
                return true;
        }
        struct finding inside = {.session = session, .arena = &arena, .words = rest};
        if (!kind->list(&inside, contract))
                return false;
        return inside.count > 0 ? settle(told, kind, text, &inside, ret) : tell_none_inside(told, kind, text, rest);
}
