/* eligibility: how a person stands and who acts next; the proofs that were seen; decisions, the second pair of eyes,
 * extensions, suspensions, corrections. Acts as a facilitator of her territory. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/eligibility_text.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct eligibility {
        const struct verb *verb;
        const char *directory, *territory, *user;
        const char *public_code, *proof, *proof_id, *issuer, *decision, *suspension, *code, *reason, *retroactive;
        const char *dated, *from, *until, *on, *judged, *proof_until;
        uint64_t months, days, seconds;
        bool refused;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_eligibility(struct eligibility *e)
{
        session_close(&e->session);
        arena_fini(&e->arena);
}

/* ---- words of the command line as fields; one that is no day or id is told by the daemon, which has its label */

static char *text_of(struct eligibility *e, const char *text)
{
        return arena_text(&e->arena, text == NULL ? "" : text);
}

static bool take_day(struct eligibility *e, const char *option, const char *text, Types__Day **ret)
{
        struct day day;
        *ret = NULL;
        if (text == NULL)
                return true;
        if (!typed_day(text, &day)) {
                (void)misused(e->verb, "« %s %s » : il faut " TYPED_DAY ".", option, text);
                return false;
        }
        *ret = day_to(&e->arena, day);
        return true;
}

static bool take_id(struct eligibility *e, const char *option, const char *text, Types__Id **ret)
{
        struct id id;
        *ret = NULL;
        if (text == NULL)
                return true;
        if (id_parse(text, &id) != 0) {
                (void)misused(e->verb, "« %s %s » : il faut un UUID.", option, text);
                return false;
        }
        *ret = id_to(&e->arena, id);
        return true;
}

static const void *called(struct eligibility *e, const char *method, const void *request)
{
        return session_call(&e->session, method, request, NULL, &e->arena);
}

/* What the one who acts has read: the version that is shown now. */
static bool version_read(struct eligibility *e, uint64_t *ret)
{
        Tracking__EligibilityById query = TRACKING__ELIGIBILITY_BY_ID__INIT;
        query.beneficiary_id = id_to(&e->arena, e->id);
        const Tracking__EligibilityView *view = called(e, "tracking.EligibilityById", &query);
        if (view != NULL)
                *ret = view->version;
        return view != NULL;
}

/* ---- what is there */

static int show(struct eligibility *e)
{
        Tracking__EligibilityById query = TRACKING__ELIGIBILITY_BY_ID__INIT;
        query.beneficiary_id = id_to(&e->arena, e->id);
        const Tracking__EligibilityView *view = called(e, "tracking.EligibilityById", &query);
        if (view == NULL)
                return CTL_FAILED;
        eligibility_text(view);
        return CTL_DONE;
}

static int list_due(struct eligibility *e)
{
        Tracking__EligibilityDue query = TRACKING__ELIGIBILITY_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.days = (uint32_t)e->days;
        do {
                const Tracking__EligibilityDueReply *reply = called(e, "tracking.EligibilityDue", &query);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        eligibility_text_due(reply->lines[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* ---- proofs */

static int record_proof(struct eligibility *e)
{
        Tracking__RecordProofSeen request = TRACKING__RECORD_PROOF_SEEN__INIT;
        char text[ID_TEXT_SIZE];
        if (!take_day(e, "--dated", e->dated, &request.dated) || !take_day(e, "--on", e->on, &request.seen_on) ||
            !take_day(e, "--proof-until", e->proof_until, &request.valid_until))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.proof_code = text_of(e, e->proof);
        request.issuer = text_of(e, e->issuer);
        const Tracking__RecordProofSeenReply *reply = called(e, "tracking.RecordProofSeen", &request);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->proof_id), text);
        (void)printf("Noté, sans garder la pièce : %s\n", text);
        return CTL_DONE;
}

static int withdraw(struct eligibility *e)
{
        Tracking__WithdrawProof request = TRACKING__WITHDRAW_PROOF__INIT;
        if (!take_id(e, "--proof-id", e->proof_id, &request.proof_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.reason = text_of(e, e->reason);
        const Tracking__WithdrawProofReply *reply = called(e, "tracking.WithdrawProof", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)puts("Retiré ; il reste au dossier avec le motif.");
        for (size_t i = 0; i < reply->n_decision_ids; i++) {
                char text[ID_TEXT_SIZE];
                id_format(id_of(reply->decision_ids[i]), text);
                (void)printf("À revoir, la décision qui repose sur lui : %s\n", text);
        }
        return CTL_DONE;
}

/* ---- decisions */

static int told_decision(const Types__Id *decision, const Types__Day *until, bool to_confirm)
{
        char text[ID_TEXT_SIZE];
        id_format(id_of(decision), text);
        (void)printf("Décision %s\n", text);
        if (to_confirm)
                (void)puts("En attente : vous avez orienté la personne, un autre facilitateur doit confirmer.");
        else
                eligibility_text_until(until);
        return CTL_DONE;
}

static int decide(struct eligibility *e)
{
        Tracking__DecideEligibility request = TRACKING__DECIDE_ELIGIBILITY__INIT;
        if (!take_day(e, "--dated", e->dated, &request.proof_dated) ||
            !take_day(e, "--from", e->from, &request.valid_from) || !take_day(e, "--on", e->on, &request.decided_on) ||
            !take_day(e, "--judged", e->judged, &request.judged_on) ||
            !take_day(e, "--proof-until", e->proof_until, &request.proof_until) ||
            !take_id(e, "--proof-id", e->proof_id, &request.proof_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.public_code = text_of(e, e->public_code);
        request.proof_code = text_of(e, e->proof);
        request.proof_issuer = text_of(e, e->issuer);
        request.eligible = !e->refused;
        request.refusal_code = text_of(e, e->refused ? e->code : NULL);
        request.reason = text_of(e, e->reason);
        request.retroactive_reason = text_of(e, e->retroactive);
        if (!version_read(e, &request.seen))
                return CTL_FAILED;
        const Tracking__DecideEligibilityReply *reply = called(e, "tracking.DecideEligibility", &request);
        return reply == NULL ? CTL_FAILED : told_decision(reply->decision_id, reply->valid_until, reply->to_confirm);
}

static int confirm(struct eligibility *e)
{
        Tracking__ConfirmEligibility request = TRACKING__CONFIRM_ELIGIBILITY__INIT;
        if (!take_id(e, "--decision", e->decision, &request.decision_id) ||
            !take_day(e, "--on", e->on, &request.confirmed_on))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.confirmed = !e->refused;
        request.reason = text_of(e, e->reason);
        const Tracking__ConfirmEligibilityReply *reply = called(e, "tracking.ConfirmEligibility", &request);
        if (reply == NULL)
                return CTL_FAILED;
        if (e->refused)
                (void)puts("Non confirmée : elle ne compte pas.");
        else
                eligibility_text_until(reply->valid_until);
        return CTL_DONE;
}

static int extend(struct eligibility *e)
{
        Tracking__ExtendEligibility request = TRACKING__EXTEND_ELIGIBILITY__INIT;
        if (!take_day(e, "--on", e->on, &request.decided_on) ||
            !take_id(e, "--proof-id", e->proof_id, &request.proof_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.months = (uint32_t)e->months;
        request.reason = text_of(e, e->reason);
        if (!version_read(e, &request.seen))
                return CTL_FAILED;
        const Tracking__ExtendEligibilityReply *reply = called(e, "tracking.ExtendEligibility", &request);
        return reply == NULL ? CTL_FAILED : told_decision(reply->decision_id, reply->valid_until, reply->to_confirm);
}

static int correct(struct eligibility *e)
{
        Tracking__CorrectEligibility request = TRACKING__CORRECT_ELIGIBILITY__INIT;
        if (!take_id(e, "--decision", e->decision, &request.decision_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.correction_code = text_of(e, e->code);
        request.reason = text_of(e, e->reason);
        const Tracking__CorrectEligibilityReply *reply = called(e, "tracking.CorrectEligibility", &request);
        if (reply == NULL)
                return CTL_FAILED;
        eligibility_text_until(reply->eligible_until);
        eligibility_text_to_check(reply->to_check, reply->n_to_check);
        return CTL_DONE;
}

static int suspend(struct eligibility *e)
{
        Tracking__SuspendEligibility request = TRACKING__SUSPEND_ELIGIBILITY__INIT;
        char text[ID_TEXT_SIZE];
        if (!take_day(e, "--from", e->from, &request.suspended_from) ||
            !take_day(e, "--until", e->until, &request.suspended_until))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.suspension_code = text_of(e, e->code);
        request.reason = text_of(e, e->reason);
        const Tracking__SuspendEligibilityReply *reply = called(e, "tracking.SuspendEligibility", &request);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->suspension_id), text);
        (void)printf("Suspension %s\n", text);
        eligibility_text_to_check(reply->to_check, reply->n_to_check);
        return CTL_DONE;
}

static int resume(struct eligibility *e)
{
        Tracking__ResumeEligibility request = TRACKING__RESUME_ELIGIBILITY__INIT;
        if (!take_id(e, "--suspension", e->suspension, &request.suspension_id) ||
            !take_day(e, "--from", e->from, &request.resumed_on))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&e->arena, e->id);
        request.reason = text_of(e, e->reason);
        const Tracking__ResumeEligibilityReply *reply = called(e, "tracking.ResumeEligibility", &request);
        if (reply == NULL)
                return CTL_FAILED;
        eligibility_text_until(reply->eligible_until);
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct eligibility *e);
        int words; /* its own name too */
} acts[] = {
        {"show", show, 2},     {"due", list_due, 1},    {"proof", record_proof, 2}, {"withdraw", withdraw, 2},
        {"decide", decide, 2}, {"confirm", confirm, 2}, {"extend", extend, 2},      {"suspend", suspend, 2},
        {"resume", resume, 2}, {"correct", correct, 2},
};

static int act(struct eligibility *e, int words, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words == 2 && id_parse(argv[1], &e->id) != 0))
                        return misused(e->verb, "« %s » demande %s.", argv[0],
                                       acts[i].words == 2 ? "l'UUID d'une personne" : "un réseau seulement");
                if (!session_open(e->directory, (uint32_t)e->seconds * 1000, &e->session))
                        return CTL_FAILED;
                e->session.user = e->user;
                session_act(&e->session, TYPES__ROLE__FACILITATOR, NULL, e->territory);
                return acts[i].run(e);
        }
        return misused(e->verb,
                       "« %s » : show, due, proof, withdraw, decide, confirm, extend, suspend, resume ou correct.",
                       argv[0]);
}

static int run_eligibility(const struct verb *verb, int argc, char **argv)
{
        scoped(end_eligibility) struct eligibility e = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &e.directory},
                {.name = "--territory", .text = &e.territory},
                {.name = "--user", .text = &e.user},
                {.name = "--public", .text = &e.public_code},
                {.name = "--proof", .text = &e.proof},
                {.name = "--proof-id", .text = &e.proof_id},
                {.name = "--issuer", .text = &e.issuer},
                {.name = "--decision", .text = &e.decision},
                {.name = "--suspension", .text = &e.suspension},
                {.name = "--code", .text = &e.code},
                {.name = "--reason", .text = &e.reason},
                {.name = "--retroactive", .text = &e.retroactive},
                {.name = "--dated", .text = &e.dated},
                {.name = "--from", .text = &e.from},
                {.name = "--until", .text = &e.until},
                {.name = "--on", .text = &e.on},
                {.name = "--judged", .text = &e.judged},
                {.name = "--proof-until", .text = &e.proof_until},
                {.name = "--refused", .flag = &e.refused},
                {.name = "--months", .number = &e.months, .number_max = 120},
                {.name = "--days", .number = &e.days, .number_max = 730},
                {.name = "--seconds", .number = &e.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&e, words, argv);
}

const struct verb verb_eligibility = {
        .name = "eligibility",
        .summary = "dit où en est l'éligibilité d'une personne, note un justificatif vu, décide, confirme, suspend",
        .usage = "guichetctl eligibility show UUID\n"
                 "guichetctl eligibility due [--days N]\n"
                 "guichetctl eligibility proof UUID --proof CODE --issuer TEXTE --dated JOUR [--on JOUR]\n"
                 "                 [--proof-until JOUR]\n"
                 "guichetctl eligibility withdraw UUID --proof-id UUID --reason TEXTE\n"
                 "guichetctl eligibility decide UUID --public CODE [--proof-id UUID | --proof CODE --dated JOUR]\n"
                 "                 [--from JOUR] [--on JOUR] [--retroactive TEXTE] [--reason TEXTE]\n"
                 "                 [--proof-until JOUR] [--judged JOUR] [--refused [--code CODE]]\n"
                 "guichetctl eligibility confirm UUID --decision UUID [--on JOUR] [--refused --reason TEXTE]\n"
                 "guichetctl eligibility extend UUID --months N --reason TEXTE [--proof-id UUID] [--on JOUR]\n"
                 "guichetctl eligibility suspend UUID --from JOUR [--until JOUR] --code CODE --reason TEXTE\n"
                 "guichetctl eligibility resume UUID --suspension UUID --from JOUR --reason TEXTE\n"
                 "guichetctl eligibility correct UUID --decision UUID --code CODE --reason TEXTE\n"
                 "                 [--dir run] [--territory 31,82] [--user NOM] [--seconds 10]\n\n"
                 "Agit comme facilitateur. Un jour s'écrit AAAA-MM-JJ ; « --on » est le jour réel de l'acte.\n\n"
                 "  show      où elle en est aujourd'hui, pourquoi, que faire, à qui d'agir\n"
                 "  due       ce qui est à faire : confirmer, renouveler, lever, vérifier des heures\n"
                 "  proof     note qu'un justificatif a été vu ; la pièce n'est pas gardée\n"
                 "  withdraw  retire un justificatif noté par erreur, et dit quelles décisions en dépendent\n"
                 "  decide    éligible, ou non (--refused) ; sur sa propre orientation, un autre doit confirmer\n"
                 "  confirm   le second regard, par un autre compte (--user)\n"
                 "  extend    prolonge l'éligibilité en cours, sur décision motivée\n"
                 "  suspend   suspend l'éligibilité ; resume y met fin, ou l'annule depuis son premier jour\n"
                 "  correct   annule une décision prise à tort, et dit quelles heures sont à vérifier\n\n"
                 "  --judged  le jour où l'adresse a été jugée, pour un public qui dépend du lieu (QPV)\n"
                 "  --proof-until  le dernier jour de validité du justificatif, s'il le dit (MDPH, titre de séjour)\n"
                 "  --code    un code de deploy/rules/eligibility.json\n"
                 "  --public, --proof  des codes de deploy/rules/publics.json\n\n"
                 "Exemples :\n"
                 "  guichetctl eligibility proof UUID --proof ATTESTATION_RSA --issuer \"CAF 31\" --dated 2026-10-02\n"
                 "  guichetctl eligibility decide UUID --public B_RSA --proof-id UUID --from 2026-10-12 \\\n"
                 "      --on 2026-10-12\n"
                 "  guichetctl eligibility due --days 90",
        .run = run_eligibility,
};
