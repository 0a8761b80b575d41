/* proposal: persons proposed for needs, step by step, as whoever is named with --as. */
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"
#include "services/ctl/proposal_text.h"
#include "services/ctl/session.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct proposal {
        const struct verb *verb;
        const char *directory, *territory;
        const char *as, *organisation;
        const char *person, *need, *structure;
        const char *on, *until;
        const char *state, *rome, *code, *words, *reason;
        bool open_only;
        uint64_t seconds;
        struct id id; /* of the proposal, or of the person */
        Types__Id *need_id, *person_id, *structure_id;
        Types__Day *day, *until_day;
        struct session session;
        struct arena arena;
};

static void end_proposal(struct proposal *proposal)
{
        session_close(&proposal->session);
        arena_fini(&proposal->arena);
}

static char *said(struct proposal *proposal, const char *text)
{
        return arena_text(&proposal->arena, text == NULL ? "" : text);
}

/* ---- asking */

static const Tracking__ProposalView *view_of(struct proposal *proposal)
{
        Tracking__ProposalById query = TRACKING__PROPOSAL_BY_ID__INIT;
        query.proposal_id = id_to(&proposal->arena, proposal->id);
        return session_call(&proposal->session, "tracking.ProposalById", &query, NULL, &proposal->arena);
}

static int show(struct proposal *proposal)
{
        const Tracking__ProposalView *view = view_of(proposal);
        if (view == NULL)
                return CTL_FAILED;
        proposal_print_whole(view);
        return CTL_DONE;
}

static int list(struct proposal *proposal)
{
        Tracking__ProposalsRequest query = TRACKING__PROPOSALS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.beneficiary_id = proposal->person_id;
        query.need_id = proposal->need_id;
        query.open_only = proposal->open_only;
        proposal_print_head();
        do {
                const Tracking__ProposalsReply *reply =
                        session_call(&proposal->session, "tracking.Proposals", &query, NULL, &proposal->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_proposals; i++)
                        proposal_print_line(reply->proposals[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int path(struct proposal *proposal)
{
        Tracking__Pathway query = TRACKING__PATHWAY__INIT;
        query.beneficiary_id = id_to(&proposal->arena, proposal->id);
        const Tracking__PathwayReply *reply =
                session_call(&proposal->session, "tracking.Pathway", &query, NULL, &proposal->arena);
        if (reply == NULL)
                return CTL_FAILED;
        proposal_print_pathway(reply);
        return CTL_DONE;
}

static bool read_waiting_state(const struct proposal *proposal, Tracking__WaitingState *ret)
{
        *ret = TRACKING__WAITING_STATE__WAITING_STATE_UNKNOWN;
        if (proposal->state == NULL)
                return true;
        if (strcmp(proposal->state, "decision") == 0)
                *ret = TRACKING__WAITING_STATE__WAITING_FOR_DECISION;
        else if (strcmp(proposal->state, "need") == 0)
                *ret = TRACKING__WAITING_STATE__WAITING_FOR_NEED;
        else
                return misused(proposal->verb, "« --state %s » : decision, ou need.", proposal->state) == CTL_DONE;
        return true;
}

static int waiting(struct proposal *proposal)
{
        Tracking__WaitingPersons query = TRACKING__WAITING_PERSONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.rome_code = said(proposal, proposal->rome);
        if (!read_waiting_state(proposal, &query.state))
                return CTL_MISUSED;
        proposal_print_waiting_head();
        do {
                const Tracking__WaitingPersonsReply *reply =
                        session_call(&proposal->session, "tracking.WaitingPersons", &query, NULL, &proposal->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_persons; i++)
                        proposal_print_waiting(reply->persons[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* ---- doing */

static int make(struct proposal *proposal)
{
        Tracking__ProposeBeneficiary request = TRACKING__PROPOSE_BENEFICIARY__INIT;
        char id[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        if (proposal->need_id == NULL)
                return misused(proposal->verb, "il faut « --need UUID », le besoin pour lequel la personne est "
                                               "proposée.");
        request.beneficiary_id = id_to(&proposal->arena, proposal->id);
        request.need_id = proposal->need_id;
        request.proposed_on = proposal->day;
        const Tracking__ProposeBeneficiaryReply *reply =
                session_call(&proposal->session, "tracking.ProposeBeneficiary", &request, NULL, &proposal->arena);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->proposal_id), id);
        day_format(day_of(reply->act_by), day);
        (void)printf("Proposition %s (%s) : au facilitateur d'agir, d'ici le %s.\n", reply->label, id, day);
        return CTL_DONE;
}

static int told(const Tracking__ProposalReply *reply)
{
        char day[DAY_TEXT_SIZE];
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("%s.\n", proposal_state_text(reply->state));
        if (reply->act_by == NULL)
                return CTL_DONE;
        day_format(day_of(reply->act_by), day);
        (void)printf("À faire (%s, d'ici le %s) : %s\n", proposal_actor_text(reply->next_actor), day,
                     reply->next_action);
        return CTL_DONE;
}

/* Of the request, whatever it is: which proposal, and that it is as it was read just now. */
static bool begin(struct proposal *proposal, Types__Id **ret_id, uint64_t *ret_seen)
{
        const Tracking__ProposalView *view = view_of(proposal);
        if (view == NULL)
                return false;
        *ret_id = view->proposal_id;
        *ret_seen = view->version;
        return true;
}

static int ask(struct proposal *proposal, const char *method, const void *request)
{
        return told(session_call(&proposal->session, method, request, NULL, &proposal->arena));
}

static int send_it(struct proposal *proposal)
{
        Tracking__SendProposal request = TRACKING__SEND_PROPOSAL__INIT;
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.sent_on = proposal->day;
        request.structure = proposal->structure_id;
        return ask(proposal, "tracking.SendProposal", &request);
}

static const struct state_word {
        const char *word;
        Tracking__ProposalState state;
} state_words[] = {
        {"met", TRACKING__PROPOSAL_STATE__PROPOSAL_MET},
        {"no-show", TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW},
        {"taken", TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN},
        {"not-taken", TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN},
        {"proposed", TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED},
        {"sent", TRACKING__PROPOSAL_STATE__PROPOSAL_SENT},
        {"postponed", TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED},
        {"withdrawn", TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN},
};

static bool state_of(const char *word, size_t count, Tracking__ProposalState *ret)
{
        for (size_t i = 0; word != NULL && i < count; i++)
                if (strcmp(word, state_words[i].word) == 0) {
                        *ret = state_words[i].state;
                        return true;
                }
        return false;
}

static int answer(struct proposal *proposal)
{
        enum { ANSWERS = 4 };
        Tracking__AnswerProposal request = TRACKING__ANSWER_PROPOSAL__INIT;
        if (!state_of(proposal->state, ANSWERS, &request.answer))
                return misused(proposal->verb, "il faut « --state met », « no-show », « taken » ou « not-taken ».");
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.answered_on = proposal->day;
        request.refusal_code = said(proposal, proposal->code);
        request.words = said(proposal, proposal->words);
        return ask(proposal, "tracking.AnswerProposal", &request);
}

static int postpone(struct proposal *proposal)
{
        Tracking__PostponeProposal request = TRACKING__POSTPONE_PROPOSAL__INIT;
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.postponed_on = proposal->day;
        request.until = proposal->until_day;
        request.postponement_code = said(proposal, proposal->code);
        request.words = said(proposal, proposal->words);
        return ask(proposal, "tracking.PostponeProposal", &request);
}

static int resume(struct proposal *proposal)
{
        Tracking__ResumeProposal request = TRACKING__RESUME_PROPOSAL__INIT;
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.resumed_on = proposal->day;
        return ask(proposal, "tracking.ResumeProposal", &request);
}

static int withdraw(struct proposal *proposal)
{
        Tracking__WithdrawProposal request = TRACKING__WITHDRAW_PROPOSAL__INIT;
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.withdrawn_on = proposal->day;
        request.withdrawal_code = said(proposal, proposal->code);
        request.words = said(proposal, proposal->words);
        return ask(proposal, "tracking.WithdrawProposal", &request);
}

static int correct(struct proposal *proposal)
{
        Tracking__CorrectProposal request = TRACKING__CORRECT_PROPOSAL__INIT;
        if (!state_of(proposal->state, ARRAY_SIZE(state_words), &request.state) || proposal->reason == NULL)
                return misused(proposal->verb, "il faut « --state ÉTAT », ce qui s'est vraiment passé, et « --reason "
                                               "TEXTE ».");
        if (!begin(proposal, &request.proposal_id, &request.seen))
                return CTL_FAILED;
        request.happened_on = proposal->day;
        request.until = proposal->until_day;
        request.outcome_code = said(proposal, proposal->code);
        request.reason = said(proposal, proposal->reason);
        return ask(proposal, "tracking.CorrectProposal", &request);
}

/* ---- */

static bool take_id(struct proposal *proposal, const char *name, const char *text, Types__Id **ret)
{
        struct id id;
        if (text == NULL)
                return true;
        if (id_parse(text, &id) != 0) {
                (void)misused(proposal->verb, "« %s %s » : ce n'est pas un UUID.", name, text);
                return false;
        }
        *ret = id_to(&proposal->arena, id);
        return true;
}

static bool take_day(struct proposal *proposal, const char *name, const char *text, Types__Day **ret)
{
        struct day day;
        if (text == NULL)
                return true;
        if (!typed_day(text, &day)) {
                (void)misused(proposal->verb, "« %s %s » : il faut " TYPED_DAY ".", name, text);
                return false;
        }
        *ret = day_to(&proposal->arena, day);
        return true;
}

static bool take_all(struct proposal *proposal)
{
        struct world world = world_real();
        proposal->day = day_to(&proposal->arena, local_day("", world.now_ms(&world)));
        return take_id(proposal, "--person", proposal->person, &proposal->person_id) &&
               take_id(proposal, "--structure", proposal->structure, &proposal->structure_id) &&
               take_day(proposal, "--on", proposal->on, &proposal->day) &&
               take_day(proposal, "--until", proposal->until, &proposal->until_day);
}

/* By its contract, or its UUID: asked as whoever acts. */
static bool take_need(struct proposal *proposal)
{
        struct id need;
        if (proposal->need == NULL)
                return true;
        if (!find_thing(&proposal->session, "need_id", "--need", proposal->need, &need))
                return false;
        proposal->need_id = id_to(&proposal->arena, need);
        return true;
}

/* Opens the network and acts; false after a complaint. */
static bool open_as(struct proposal *proposal, int *ret_code)
{
        Types__Role role;
        Types__Id *organisation = NULL;
        struct id acting;
        *ret_code = CTL_MISUSED;
        if (!role_parse(proposal->as, &role)) {
                (void)misused(proposal->verb, "« --as %s » n'est pas un rôle : FACILITATOR, PRESCRIBER, COMPANY…",
                              proposal->as);
                return false;
        }
        if (!take_all(proposal) || !take_id(proposal, "--organisation", proposal->organisation, &organisation))
                return false;
        *ret_code = CTL_FAILED;
        if (!session_open(proposal->directory, (uint32_t)proposal->seconds * 1000, &proposal->session))
                return false;
        acting = id_of(organisation);
        session_act(&proposal->session, role, organisation == NULL ? NULL : &acting, proposal->territory);
        return take_need(proposal);
}

static const struct act {
        const char *name;
        int (*run)(struct proposal *proposal);
        int words; /* its own name too */
} acts[] = {
        {"list", list, 1},         {"show", show, 2},       {"path", path, 2},         {"make", make, 2},
        {"send", send_it, 2},      {"answer", answer, 2},   {"postpone", postpone, 2}, {"resume", resume, 2},
        {"withdraw", withdraw, 2}, {"correct", correct, 2}, {"waiting", waiting, 1},
};

static int act(struct proposal *proposal, int words, char **argv)
{
        int code;
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words == 2 && id_parse(argv[1], &proposal->id) != 0))
                        return misused(proposal->verb, "« %s » demande %s.", argv[0],
                                       acts[i].words == 2 ? "un UUID" : "rien d'autre que ses options");
                return open_as(proposal, &code) ? acts[i].run(proposal) : code;
        }
        return misused(proposal->verb,
                       "« %s » : list, waiting, show, path, make, send, answer, postpone, resume, withdraw ou correct.",
                       argv[0]);
}

static int run_proposal(const struct verb *verb, int argc, char **argv)
{
        scoped(end_proposal) struct proposal proposal = {
                .verb = verb, .directory = "run", .territory = "*", .as = "FACILITATOR", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &proposal.directory},
                {.name = "--territory", .text = &proposal.territory},
                {.name = "--as", .text = &proposal.as},
                {.name = "--organisation", .text = &proposal.organisation},
                {.name = "--person", .text = &proposal.person},
                {.name = "--need", .text = &proposal.need},
                {.name = "--structure", .text = &proposal.structure},
                {.name = "--on", .text = &proposal.on},
                {.name = "--until", .text = &proposal.until},
                {.name = "--state", .text = &proposal.state},
                {.name = "--rome", .text = &proposal.rome},
                {.name = "--code", .text = &proposal.code},
                {.name = "--words", .text = &proposal.words},
                {.name = "--reason", .text = &proposal.reason},
                {.name = "--open", .flag = &proposal.open_only},
                {.name = "--seconds", .number = &proposal.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&proposal, words, argv);
}

const struct verb verb_proposal = {
        .name = "proposal",
        .summary = "propose une personne pour un besoin, et suit ce qu'il en est",
        .usage = "guichetctl proposal list [--person UUID] [--need UUID] [--open]\n"
                 "guichetctl proposal waiting [--state decision|need] [--rome CODE] [--territory 31]\n"
                 "guichetctl proposal show UUID\n"
                 "guichetctl proposal path UUID-DE-LA-PERSONNE\n"
                 "guichetctl proposal make UUID-DE-LA-PERSONNE --need UUID [--on JOUR]\n"
                 "guichetctl proposal send UUID [--structure UUID] [--on JOUR]\n"
                 "guichetctl proposal answer UUID --state met|no-show|taken|not-taken [--code CODE] [--on JOUR]\n"
                 "guichetctl proposal postpone UUID --until JOUR --code CODE [--on JOUR]\n"
                 "guichetctl proposal resume UUID [--on JOUR]\n"
                 "guichetctl proposal withdraw UUID --code CODE [--on JOUR]\n"
                 "guichetctl proposal correct UUID --state ÉTAT --reason TEXTE [--code CODE] [--until JOUR]\n"
                 "                 [--on JOUR] [--words TEXTE] [--as RÔLE] [--organisation UUID] [--territory 31,82]\n"
                 "                 [--dir run] [--seconds 10]\n\n"
                 "  --need    un besoin : son UUID, ou son contrat par numéro ou quelques mots, puis\n"
                 "            « / MÉTIER » s'il en a plusieurs\n"
                 "  --on      le jour où c'est vraiment arrivé ; aujourd'hui s'il n'est pas dit\n"
                 "  --code    un code de deploy/rules/proposals.json : SKILLS, PERSON_FOUND_WORK, START_POSTPONED…\n"
                 "  --words   ce qui s'ajoute en toutes lettres ; scellé, sans nommer la personne\n"
                 "  --rome    « waiting » : orientées pour un besoin de ce métier seulement\n"
                 "  --as      au nom de qui : FACILITATOR (d'ordinaire), PRESCRIBER, COMPANY ou STRUCTURE avec\n"
                 "            « --organisation UUID »\n\n"
                 "Exemples :\n"
                 "  guichetctl proposal make UUID --need UUID --on 2026-10-01\n"
                 "  guichetctl proposal answer UUID --state not-taken --code SKILLS --as COMPANY --organisation UUID\n"
                 "  guichetctl proposal path UUID",
        .run = run_proposal,
};
