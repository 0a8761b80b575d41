#include "services/ctl/play.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/local_time.h"
#include "common/base/world.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"

enum { WAIT_MS = 20000, LOOK_EVERY_MS = 50, PATH_SIZE = 128 };

struct play {
        struct session *session;
        const struct play_options *options;
        size_t step;
        struct arena arena;
        json_t *kept; /* name: text, what earlier answers said */
        struct day today;
};

/* ---- "$name", "$account:user", "$today+30", "$month-1" in a request */

static json_t *offset_of(const struct play *play, const char *text)
{
        char shown[DAY_TEXT_SIZE];
        bool is_month = strncmp(text, "$month", strlen("$month")) == 0;
        long offset = strtol(text + (is_month ? strlen("$month") : strlen("$today")), NULL, 10);
        if (is_month)
                month_format(month_of_number(month_number(month_of_day(play->today)) + (int32_t)offset), shown);
        else
                day_format(day_of_number(day_number(play->today) + (int32_t)offset), shown);
        return json_string(shown);
}

/* "$account:anne": the account that the steps of the user "anne" act as. */
static json_t *account_of(const struct play *play, const char *user)
{
        char text[ID_TEXT_SIZE];
        id_format(passport_tool_account(link_peer(play->session->link), user), text);
        return json_string(text);
}

static json_t *filled(const struct play *play, const json_t *value);

static json_t *filled_text(const struct play *play, const json_t *value)
{
        const char *text = json_string_value(value);
        if (text[0] != '$')
                return json_string(text);
        if (strncmp(text, "$today", strlen("$today")) == 0 || strncmp(text, "$month", strlen("$month")) == 0)
                return offset_of(play, text);
        if (strncmp(text, "$account:", strlen("$account:")) == 0)
                return account_of(play, text + strlen("$account:"));
        json_t *known = json_object_get(play->kept, text + 1);
        if (known == NULL)
                (void)complain("« %s » : aucune étape d'avant ne l'a gardé.", text);
        return json_incref(known);
}

static json_t *filled_list(const struct play *play, const json_t *list)
{
        json_t *copy = json_array();
        for (size_t i = 0; copy != NULL && i < json_array_size(list); i++)
                if (json_array_append_new(copy, filled(play, json_array_get(list, i))) != 0) {
                        json_decref(copy);
                        return NULL;
                }
        return copy;
}

static json_t *filled_object(const struct play *play, const json_t *object)
{
        json_t *copy = json_object(), *value;
        const char *key;
        json_object_foreach ((json_t *)(uintptr_t)object, key, value) {
                if (json_object_set_new(copy, key, filled(play, value)) != 0) {
                        json_decref(copy);
                        return NULL;
                }
        }
        return copy;
}

/* A copy in which the names are replaced, a new reference. NULL after a complaint. */
static json_t *filled(const struct play *play, const json_t *value)
{
        if (json_is_string(value))
                return filled_text(play, value);
        if (json_is_array(value))
                return filled_list(play, value);
        return json_is_object(value) ? filled_object(play, value) : json_deep_copy(value);
}

/* ---- one step */

struct step {
        const char *says, *method, *role, *user, *territories, *refused;
        const json_t *request, *keeps, *organisation;
        bool waits; /* for what another daemon tells */
};

static struct step step_of(const json_t *json)
{
        struct step step = {
                .says = json_string_value(json_object_get(json, "says")),
                .method = json_string_value(json_object_get(json, "method")),
                .role = json_string_value(json_object_get(json, "as")),
                .user = json_string_value(json_object_get(json, "user")),
                .territories = json_string_value(json_object_get(json, "territories")),
                .refused = json_string_value(json_object_get(json, "refused")),
                .request = json_object_get(json, "request"),
                .keeps = json_object_get(json, "keeps"),
                .organisation = json_object_get(json, "organisation"),
                .waits = json_is_true(json_object_get(json, "waits")),
        };
        return step;
}

static bool act(struct play *play, const struct step *step)
{
        Types__Role role;
        struct id organisation;
        bool has_organisation = step->organisation != NULL;

        if (step->role == NULL || !role_parse(step->role, &role))
                return complain("« %s » : « as » doit dire un rôle.", step->says) == 0;
        if (has_organisation) {
                json_t *text = filled(play, step->organisation);
                bool good = text != NULL && id_parse(json_string_value(text), &organisation) == 0;
                json_decref(text);
                if (!good)
                        return complain("« %s » : l'organisation n'est pas un UUID.", step->says) == 0;
        }
        play->session->user = step->user;
        session_act(play->session, role, has_organisation ? &organisation : NULL,
                    step->territories != NULL ? step->territories : "*");
        return true;
}

static ProtobufCMessage *request_of(struct play *play, const struct step *step)
{
        struct catalogue_method found;
        struct refusal refusal;
        ProtobufCMessage *request = NULL;

        if (!catalogue_method(step->method, &found)) {
                (void)complain("« %s » : il n'y a pas de demande « %s ».", step->says, step->method);
                return NULL;
        }
        json_t *json = filled(play, step->request);
        if (json == NULL || !json_to_message(json, found.method->input, &play->arena, &request, &refusal)) {
                if (json != NULL)
                        (void)complain("« %s », %s : %s", step->says, refusal.field, refusal.text);
                request = NULL;
        }
        json_decref(json);
        return request;
}

/* The text (or number) at a path like "lines.0.id" of an answer. NULL: it is not there. */
static const json_t *at_path(const json_t *json, const char *path)
{
        char steps[PATH_SIZE];
        if (snprintf(steps, sizeof(steps), "%s", path) >= (int)sizeof(steps))
                return NULL;
        const json_t *at = json;
        for (char *save = NULL, *one = strtok_r(steps, ".", &save); at != NULL && one != NULL;
             one = strtok_r(NULL, ".", &save))
                at = json_is_array(at) ? json_array_get(at, strtoul(one, NULL, 10)) : json_object_get(at, one);
        return at;
}

static bool keep(struct play *play, const struct step *step, const ProtobufCMessage *body)
{
        json_t *answer = json_of_message(body), *path;
        const char *name;
        bool kept = answer != NULL;
        json_object_foreach ((json_t *)(uintptr_t)step->keeps, name, path) {
                const json_t *value = at_path(answer, json_string_value(path));
                if (value == NULL || json_object_set(play->kept, name, (json_t *)(uintptr_t)value) != 0) {
                        (void)complain("« %s » : la réponse n'a pas « %s ».", step->says, json_string_value(path));
                        kept = false;
                }
        }
        json_decref(answer);
        return kept;
}

static bool is_expected(const struct step *step, const struct answer *answer)
{
        const ProtobufCEnumValue *code =
                answer->refusal == NULL ? NULL
                                        : protobuf_c_enum_descriptor_get_value(&types__refusal_code__descriptor,
                                                                               (int)answer->refusal->code);
        if (step->refused == NULL)
                return answer->body != NULL;
        return code != NULL && strcmp(code->name, step->refused) == 0;
}

static bool ask(struct play *play, const struct step *step, const ProtobufCMessage *request, struct answer *ret)
{
        struct err_info info = {0};
        const char *name = arena_printf(&play->arena, "%s %zu", play->options->path, play->step);
        struct id key = id_derived(play->options->now_ms, slice_of_text(name));
        const struct id *once = play->options->is_once ? &key : NULL;
        version_seen_any(request); /* a story knows what it told before */
        for (int waited_ms = 0;; waited_ms += LOOK_EVERY_MS) {
                if (link_call(play->session->link, step->method, request, once, &play->arena, ret, &info) != 0)
                        return complain("%s : %s", step->method, info.text) == 0;
                if (is_expected(step, ret))
                        return true;
                if (!step->waits || waited_ms >= WAIT_MS)
                        break;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        if (ret->body != NULL)
                return complain("« %s » (%s) aurait dû être refusé (%s).", step->says, step->method, step->refused) ==
                       0;
        return complain("« %s » (%s) refusé%s%s : %s", step->says, step->method,
                        ret->refusal->field[0] != '\0' ? ", " : "", ret->refusal->field, ret->refusal->text) == 0;
}

static bool play_step(struct play *play, const json_t *json)
{
        struct step step = step_of(json);
        struct answer answer = {0};

        if (step.says == NULL || step.method == NULL || step.request == NULL)
                return complain("une étape doit avoir « says », « method » et « request ».") == 0;
        const ProtobufCMessage *request = act(play, &step) ? request_of(play, &step) : NULL;
        play->session->user = NULL; /* the name was the step's */
        if (request == NULL || !ask(play, &step, request, &answer))
                return false;
        return answer.body == NULL || keep(play, &step, answer.body);
}

/* ---- the whole story */

static void tell_step(const json_t *step)
{
        const char *refused = json_string_value(json_object_get(step, "refused"));
        (void)printf("  %s %s%s\n", refused == NULL ? "✓" : "✗", json_string_value(json_object_get(step, "says")),
                     refused == NULL ? "" : " : refusé, comme il se doit");
}

static bool play_steps(struct play *play, const json_t *steps)
{
        if (json_array_size(steps) == 0)
                return complain("%s : il manque la liste « steps ».", play->options->path) == 0;
        for (play->step = 0; play->step < json_array_size(steps); play->step++) {
                const json_t *step = json_array_get(steps, play->step);
                bool good = play_step(play, step);
                arena_reset(&play->arena);
                if (!good)
                        return false;
                if (play->options->is_told)
                        tell_step(step);
        }
        return true;
}

bool play_story(struct session *session, const struct play_options *options)
{
        json_t *story = network_read(options->path);
        if (story == NULL)
                return false;
        struct play play = {
                .session = session,
                .options = options,
                .kept = json_object(),
                .today = local_day("", options->now_ms),
        };
        bool good = play_steps(&play, json_object_get(story, "steps"));
        const char *contract = json_string_value(json_object_get(play.kept, "contract"));
        if (good && contract != NULL)
                (void)printf("%s\n  Son histoire : guichetctl contract history %s\n",
                             json_string_value(json_object_get(story, "title")), contract);
        arena_fini(&play.arena);
        json_decref(play.kept);
        json_decref(story);
        return good;
}

static int run_play(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        scoped(session_close) struct session session = {0};

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        struct world world = world_real();
        struct play_options story = {.path = argv[0], .now_ms = world.now_ms(&world), .is_told = true};
        return play_story(&session, &story) ? CTL_DONE : CTL_FAILED;
}

const struct verb verb_play = {
        .name = "play",
        .summary = "joue une histoire : les demandes d'un fichier, l'une après l'autre",
        .usage = "guichetctl play FICHIER [--dir run]\n\n"
                 "Chaque étape dit ce qui se passe (« says »), qui agit (« as », « user », « organisation »), la "
                 "demande (« "
                 "method »,\n"
                 "« request »), ce qu'il faut retenir de la réponse (« keeps »), ou le refus attendu (« refused »).\n"
                 "« $nom » reprend ce qui fut retenu, « $account:nom » est le compte d'un « user »,\n"
                 "« $today+30 » et « $month-1 » comptent à partir d'aujourd'hui.\n\n"
                 "Exemple :\n"
                 "  guichetctl play deploy/demo/stories/market.json",
        .run = run_play,
};
