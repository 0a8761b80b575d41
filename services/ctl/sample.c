/* sample: controls on a sample: drawn, asked, answered, judged at two stages, settled, closed; and drawn again, by
 * anybody, to check. Acts as a facilitator; --as another, for what an organisation does. */
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/local_time.h"
#include "common/base/quantity.h"
#include "common/base/world.h"
#include "common/codec/draw.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/sample_text.h"
#include "services/ctl/session.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct sample {
        const struct verb *verb;
        const char *directory, *territory, *as, *organisation, *user;
        const char *from, *until, *modality, *employer, *share, *seed, *seed_source, *evidence;
        const char *on, *dated, *issuer, *document, *code, *words, *correction;
        bool accepted, rejected, others, late, open_only;
        uint64_t count, seconds;
        struct id id, placement;
        bool has_placement;
        Types__Day *day;
        struct session session;
        struct arena arena;
};

static void end_sample(struct sample *sample)
{
        session_close(&sample->session);
        arena_fini(&sample->arena);
}

static char *said(struct sample *sample, const char *text)
{
        return arena_text(&sample->arena, text == NULL ? "" : text);
}

/* ---- what was typed; false after a complaint */

static bool read_id(struct sample *sample, const char *name, const char *text, Types__Id **ret)
{
        struct id id;
        if (text == NULL)
                return true;
        if (id_parse(text, &id) != 0) {
                (void)misused(sample->verb, "« %s %s » : ce n'est pas un UUID.", name, text);
                return false;
        }
        *ret = id_to(&sample->arena, id);
        return true;
}

static bool read_day(struct sample *sample, const char *name, const char *text, Types__Day **ret)
{
        struct day day;
        if (text == NULL)
                return true;
        if (!typed_day(text, &day)) {
                (void)misused(sample->verb, "« %s %s » : il faut " TYPED_DAY ".", name, text);
                return false;
        }
        *ret = day_to(&sample->arena, day);
        return true;
}

/* "PAYSLIPS,TIMESHEETS" */
static size_t read_codes(struct sample *sample, const char *list, char ***ret)
{
        size_t count = 0;
        char *next = said(sample, list);
        *ret = NULL;
        while (next != NULL && next[0] != '\0') {
                char *comma = strchr(next, ',');
                if (comma != NULL)
                        *comma = '\0';
                *ret = pb_append(*ret, &count, sizeof(**ret), &sample->arena);
                (*ret)[count - 1] = next;
                next = comma == NULL ? NULL : comma + 1;
        }
        return count;
}

static bool read_modality(struct sample *sample, Types__Modality *ret)
{
        const ProtobufCEnumValue *value;
        if (sample->modality == NULL)
                return true;
        value = protobuf_c_enum_descriptor_get_value_by_name(&types__modality__descriptor, sample->modality);
        if (value == NULL) {
                (void)misused(sample->verb, "« --modality » : DIRECT_HIRE, STAFF_PROVIDED ou SUBCONTRACTING.");
                return false;
        }
        *ret = (Types__Modality)value->value;
        return true;
}

/* ---- asking */

static const void *ask(struct sample *sample, const char *method, const void *request)
{
        return session_call(&sample->session, method, request, NULL, &sample->arena);
}

static int list(struct sample *sample)
{
        Tracking__ControlsRequest query = TRACKING__CONTROLS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.open_only = sample->open_only;
        do {
                const Tracking__ControlsReply *reply = ask(sample, "tracking.Controls", &query);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_controls; i++)
                        sample_print_control(reply->controls[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int items(struct sample *sample, const char *method, void *query, Types__Page *page)
{
        do {
                const Tracking__EvidenceListReply *reply = ask(sample, method, query);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_items; i++)
                        sample_print_item(reply->items[i]);
                page->after = reply->next;
        } while (page->after.len > 0);
        return CTL_DONE;
}

static int show_one(struct sample *sample)
{
        Tracking__EvidenceById query = TRACKING__EVIDENCE_BY_ID__INIT;
        query.control_id = id_to(&sample->arena, sample->id);
        query.placement_id = id_to(&sample->arena, sample->placement);
        const Tracking__EvidenceView *view = ask(sample, "tracking.EvidenceById", &query);
        if (view == NULL)
                return CTL_FAILED;
        sample_print_item(view);
        for (size_t i = 0; i < view->n_evidence; i++)
                (void)printf("  redemandé : %s\n", view->evidence[i]);
        for (size_t i = 0; i < view->n_steps; i++)
                sample_print_step(view->steps[i]);
        return CTL_DONE;
}

static int show(struct sample *sample)
{
        Tracking__ControlById query = TRACKING__CONTROL_BY_ID__INIT;
        Tracking__ControlEvidence lines = TRACKING__CONTROL_EVIDENCE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        if (sample->has_placement)
                return show_one(sample);
        query.control_id = lines.control_id = id_to(&sample->arena, sample->id);
        lines.page = &page;
        const Tracking__ControlView *view = ask(sample, "tracking.ControlById", &query);
        if (view == NULL)
                return CTL_FAILED;
        sample_print_control(view);
        sample_print_figures(view->figures);
        return items(sample, "tracking.ControlEvidence", &lines, &page);
}

static int due(struct sample *sample)
{
        Tracking__EvidenceDue query = TRACKING__EVIDENCE_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.of_others = sample->others;
        query.late_only = sample->late;
        return items(sample, "tracking.EvidenceDue", &query, &page);
}

/* Nothing of the daemon's is believed but the frame and the seed. */
static int draw_again(struct sample *sample)
{
        Tracking__ControlFrame query = TRACKING__CONTROL_FRAME__INIT;
        query.control_id = id_to(&sample->arena, sample->id);
        const Tracking__ControlFrameReply *reply = ask(sample, "tracking.ControlFrame", &query);
        if (reply == NULL)
                return CTL_FAILED;
        struct id *frame = arena_alloc(&sample->arena, (reply->n_frame + 1) * sizeof(*frame));
        for (size_t i = 0; i < reply->n_frame; i++)
                frame[i] = id_of(reply->frame[i]);
        size_t count = reply->n_drawn;
        const struct id *again = draw_ids(reply->seed, frame, reply->n_frame, &count, &sample->arena);
        bool is_same = count == reply->n_drawn;
        for (size_t i = 0; i < count && is_same; i++)
                is_same = id_equal(again[i], id_of(reply->drawn[i]));
        (void)printf("Graine « %s », %zu parcours, %zu tirés : %s.\n", reply->seed, reply->n_frame, reply->n_drawn,
                     is_same ? "le même tirage" : "UN AUTRE TIRAGE, prévenez l'exploitant du réseau");
        return is_same ? CTL_DONE : CTL_FAILED;
}

/* ---- doing */

static int draw(struct sample *sample)
{
        Tracking__DrawControl request = TRACKING__DRAW_CONTROL__INIT;
        char text[ID_TEXT_SIZE];
        if (!read_day(sample, "--from", sample->from, &request.from) ||
            !read_day(sample, "--until", sample->until, &request.until) ||
            !read_id(sample, "--employer", sample->employer, &request.employer) ||
            !read_modality(sample, &request.modality))
                return CTL_MISUSED;
        struct share share;
        if (sample->share != NULL && !typed_share(sample->share, &share))
                return misused(sample->verb, "« --share %s » : il faut %s.", sample->share, TYPED_SHARE);
        request.share = sample->share == NULL ? NULL : share_to(&sample->arena, share);
        request.territory = said(sample, sample->territory);
        request.count = (uint32_t)sample->count;
        request.seed = said(sample, sample->seed);
        request.seed_source = said(sample, sample->seed_source);
        request.n_evidence_codes = read_codes(sample, sample->evidence, &request.evidence_codes);
        request.drawn_on = sample->day;
        const Tracking__DrawControlReply *reply = ask(sample, "tracking.DrawControl", &request);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->control_id), text);
        (void)printf("%s : %u parcours tirés sur %u, graine « %s ».\n", text, reply->drawn, reply->frame_size,
                     reply->seed);
        return CTL_DONE;
}

static int ask_them(struct sample *sample)
{
        Tracking__AskEvidence request = TRACKING__ASK_EVIDENCE__INIT;
        char by[DAY_TEXT_SIZE] = "";
        request.control_id = id_to(&sample->arena, sample->id);
        request.placement_id = sample->has_placement ? id_to(&sample->arena, sample->placement) : NULL;
        request.asked_on = sample->day;
        const Tracking__AskEvidenceReply *reply = ask(sample, "tracking.AskEvidence", &request);
        if (reply == NULL)
                return CTL_FAILED;
        if (reply->act_by != NULL)
                day_format(day_of(reply->act_by), by);
        (void)printf("Demandé pour %u parcours%s%s.\n", reply->asked, by[0] != '\0' ? ", à transmettre avant le " : "",
                     by);
        return CTL_DONE;
}

static int told(const Tracking__EvidenceReply *reply)
{
        if (reply == NULL)
                return CTL_FAILED;
        sample_print_reply(reply);
        return CTL_DONE;
}

static int answer(struct sample *sample)
{
        Tracking__AnswerEvidence request = TRACKING__ANSWER_EVIDENCE__INIT;
        Tracking__EvidencePiece piece = TRACKING__EVIDENCE_PIECE__INIT, *pieces[] = {&piece};
        if (!read_day(sample, "--dated", sample->dated, &piece.dated) ||
            !read_id(sample, "--document", sample->document, &piece.document_id))
                return CTL_MISUSED;
        piece.evidence_code = said(sample, sample->evidence);
        piece.issuer = said(sample, sample->issuer);
        request.control_id = id_to(&sample->arena, sample->id);
        request.placement_id = id_to(&sample->arena, sample->placement);
        request.answered_on = sample->day;
        request.pieces = pieces;
        request.n_pieces = sample->evidence != NULL;
        request.words = said(sample, sample->words);
        return told(ask(sample, "tracking.AnswerEvidence", &request));
}

static int judge(struct sample *sample)
{
        Tracking__JudgeEvidence request = TRACKING__JUDGE_EVIDENCE__INIT;
        if (sample->accepted == sample->rejected)
                return misused(sample->verb, "il faut « --accepted », ou « --rejected --code CODE ».");
        request.control_id = id_to(&sample->arena, sample->id);
        request.placement_id = id_to(&sample->arena, sample->placement);
        request.judged_on = sample->day;
        request.accepted = sample->accepted;
        request.rejection_code = said(sample, sample->code);
        request.words = said(sample, sample->words);
        return told(ask(sample, "tracking.JudgeEvidence", &request));
}

static int settle(struct sample *sample)
{
        Tracking__SettleEvidence request = TRACKING__SETTLE_EVIDENCE__INIT;
        request.control_id = id_to(&sample->arena, sample->id);
        request.placement_id = id_to(&sample->arena, sample->placement);
        request.settled_on = sample->day;
        request.effect_code = said(sample, sample->code);
        request.words = said(sample, sample->words);
        return told(ask(sample, "tracking.SettleEvidence", &request));
}

static int take_back(struct sample *sample)
{
        Tracking__TakeBackEvidence request = TRACKING__TAKE_BACK_EVIDENCE__INIT;
        request.control_id = id_to(&sample->arena, sample->id);
        request.placement_id = id_to(&sample->arena, sample->placement);
        request.correction = said(sample, sample->correction);
        return told(ask(sample, "tracking.TakeBackEvidence", &request));
}

static int close_it(struct sample *sample)
{
        Tracking__CloseControl request = TRACKING__CLOSE_CONTROL__INIT;
        request.control_id = id_to(&sample->arena, sample->id);
        request.closed_on = sample->day;
        request.cancellation = said(sample, sample->correction);
        const Tracking__CloseControlReply *reply = ask(sample, "tracking.CloseControl", &request);
        if (reply == NULL)
                return CTL_FAILED;
        sample_print_figures(reply->figures);
        return CTL_DONE;
}

static int reopen(struct sample *sample)
{
        Tracking__ReopenControl request = TRACKING__REOPEN_CONTROL__INIT;
        request.control_id = id_to(&sample->arena, sample->id);
        request.correction = said(sample, sample->correction);
        if (ask(sample, "tracking.ReopenControl", &request) == NULL)
                return CTL_FAILED;
        (void)puts("Rouvert.");
        return CTL_DONE;
}

/* ---- */

/* Opens the network and acts; false after a complaint. */
static bool open_as(struct sample *sample, int *ret_code)
{
        struct world world = world_real();
        Types__Role role;
        Types__Id *organisation = NULL;
        struct id acting;
        *ret_code = CTL_MISUSED;
        if (!role_parse(sample->as, &role)) {
                (void)misused(sample->verb, "« --as %s » n'est pas un rôle : FACILITATOR, COMPANY, STRUCTURE…",
                              sample->as);
                return false;
        }
        sample->day = day_to(&sample->arena, local_day("", world.now_ms(&world)));
        if (!read_day(sample, "--on", sample->on, &sample->day) ||
            !read_id(sample, "--organisation", sample->organisation, &organisation))
                return false;
        *ret_code = CTL_FAILED;
        if (!session_open(sample->directory, (uint32_t)sample->seconds * 1000, &sample->session))
                return false;
        acting = id_of(organisation);
        sample->session.user = sample->user;
        session_act(&sample->session, role, organisation == NULL ? NULL : &acting, sample->territory);
        return true;
}

static const struct act {
        const char *name;
        int (*run)(struct sample *sample);
        int ids_min, ids_max; /* behind its name: a control, and a placement of it */
} acts[] = {
        {"list", list, 0, 0},     {"show", show, 1, 2},           {"check", draw_again, 1, 1}, {"due", due, 0, 0},
        {"draw", draw, 0, 0},     {"ask", ask_them, 1, 2},        {"answer", answer, 2, 2},    {"judge", judge, 2, 2},
        {"settle", settle, 2, 2}, {"take-back", take_back, 2, 2}, {"close", close_it, 1, 1},   {"reopen", reopen, 1, 1},
};

static int act(struct sample *sample, int words, char **argv)
{
        int code;
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                int ids = words - 1;
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                sample->has_placement = ids > 1;
                if (ids < acts[i].ids_min || ids > acts[i].ids_max ||
                    (ids > 0 && id_parse(argv[1], &sample->id) != 0) ||
                    (ids > 1 && id_parse(argv[2], &sample->placement) != 0))
                        return misused(sample->verb, "« %s » demande %s.", argv[0],
                                       acts[i].ids_max == 0   ? "ses options seulement"
                                       : acts[i].ids_min == 2 ? "l'UUID du contrôle et celui du parcours"
                                                              : "l'UUID du contrôle");
                return open_as(sample, &code) ? acts[i].run(sample) : code;
        }
        return misused(sample->verb,
                       "« %s » : draw, list, show, check, due, ask, answer, judge, settle, take-back, close "
                       "ou reopen.",
                       argv[0]);
}

static int run_sample(const struct verb *verb, int argc, char **argv)
{
        scoped(end_sample) struct sample sample = {
                .verb = verb, .directory = "run", .territory = "*", .as = "FACILITATOR", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &sample.directory},
                {.name = "--territory", .text = &sample.territory},
                {.name = "--as", .text = &sample.as},
                {.name = "--organisation", .text = &sample.organisation},
                {.name = "--user", .text = &sample.user},
                {.name = "--from", .text = &sample.from},
                {.name = "--until", .text = &sample.until},
                {.name = "--modality", .text = &sample.modality},
                {.name = "--employer", .text = &sample.employer},
                {.name = "--share", .text = &sample.share},
                {.name = "--count", .number = &sample.count, .number_max = 200},
                {.name = "--seed", .text = &sample.seed},
                {.name = "--seed-source", .text = &sample.seed_source},
                {.name = "--evidence", .text = &sample.evidence},
                {.name = "--on", .text = &sample.on},
                {.name = "--dated", .text = &sample.dated},
                {.name = "--issuer", .text = &sample.issuer},
                {.name = "--document", .text = &sample.document},
                {.name = "--code", .text = &sample.code},
                {.name = "--words", .text = &sample.words},
                {.name = "--reason", .text = &sample.correction},
                {.name = "--accepted", .flag = &sample.accepted},
                {.name = "--rejected", .flag = &sample.rejected},
                {.name = "--others", .flag = &sample.others},
                {.name = "--late", .flag = &sample.late},
                {.name = "--open", .flag = &sample.open_only},
                {.name = "--seconds", .number = &sample.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 3};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&sample, words, argv);
}

const struct verb verb_sample = {
        .name = "sample",
        .summary = "contrôle des parcours tirés au sort, en deux phases",
        .usage = "guichetctl sample draw --territory 31 --from JOUR --until JOUR --evidence PAYSLIPS,TIMESHEETS\n"
                 "                 [--share 0.3 | --count 5] [--modality DIRECT_HIRE] [--employer UUID]\n"
                 "                 [--seed TEXTE --seed-source TEXTE] [--on JOUR]\n"
                 "guichetctl sample list [--open]\n"
                 "guichetctl sample show CONTRÔLE [PARCOURS]\n"
                 "guichetctl sample check CONTRÔLE\n"
                 "guichetctl sample due [--others] [--late]\n"
                 "guichetctl sample ask CONTRÔLE [PARCOURS] [--on JOUR]\n"
                 "guichetctl sample answer CONTRÔLE PARCOURS --evidence PAYSLIPS --dated JOUR [--issuer TEXTE]\n"
                 "                 [--document UUID] [--words TEXTE] [--on JOUR]\n"
                 "guichetctl sample judge CONTRÔLE PARCOURS --accepted | --rejected --code CODE [--words TEXTE] [--on "
                 "JOUR]\n"
                 "guichetctl sample settle CONTRÔLE PARCOURS --code CODE [--words TEXTE] [--on JOUR]\n"
                 "guichetctl sample take-back CONTRÔLE PARCOURS --reason TEXTE\n"
                 "guichetctl sample close CONTRÔLE [--reason TEXTE] [--on JOUR]\n"
                 "guichetctl sample reopen CONTRÔLE --reason TEXTE\n"
                 "                 [--as RÔLE] [--organisation UUID] [--user NOM] [--territory 31,82] [--dir run]\n"
                 "                 [--seconds 10]\n\n"
                 "  --on      le jour où c'est vraiment arrivé ; aujourd'hui s'il n'est pas dit\n"
                 "  --code    un code de deploy/rules/controls.json : NO_ANSWER, HOURS_DIFFER… ; de settle :\n"
                 "            ELIGIBILITY_SUSPENDED, ELIGIBILITY_STRUCK, HOURS_LOWERED ou KEPT\n"
                 "  --seed    une graine qui vient d'ailleurs, dite par --seed-source ; sinon Guichet la tire\n"
                 "  --reason  de close : pourquoi le contrôle est annulé ; sans elle il est allé à son terme\n"
                 "  check     refait le tirage avec la graine et la liste conservées, et compare\n\n"
                 "Exemples :\n"
                 "  guichetctl sample draw --territory 31 --from 2026-01-01 --until 2026-06-30 --evidence PAYSLIPS\n"
                 "  guichetctl sample judge CONTRÔLE PARCOURS --rejected --code OTHER_PERIOD\n"
                 "  guichetctl sample due --others --late",
        .run = run_sample,
};
