/* Requests of tracking through its engine, as a gateway would send them: accepted, written, applied. The store is one
 * of a department at work: persons, decisions, placements, hours, proposals, two organisations and more, which were
 * made by plausible requests. An input is a row of steps; a step picks a method, who asks, a seed from which a
 * plausible request is made, and up to three fields of it that are spoilt (tests/lib/spoil.h). After each: one answer,
 * a refusal in words; asked again with its key, the same and no second effect; nobody's name in an event, and in a
 * reply only of those who may read it. Every so many steps the store is what its log says, holds no name in the clear,
 * and is as it was at first again.
 *
 * GUICHET_FUZZ_METHOD=RecordOutcome: three of four steps ask that. GUICHET_FUZZ_TRAIL: a file into which the inputs
 * since the store was last as at first are written, one after the other: itself an input, which does the same again. */
#include "tests/fuzz/replay.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/service/versions.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"
#include "tests/lib/spoil.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum {
        MAP_BYTES = 64 * 1024 * 1024,
        GROW_ROUNDS = 60,
        STEPS_BETWEEN = 1500, /* two looks at the whole store */
        SPOILT = 3,
        STEP_BYTES = 2 + 1 + 1 + 4 + SPOILT * 3,
        DAY_MS = 86400000,
        LATE_DAYS = 400,
};

/* What a step does beside asking, by the bits of its fourth byte. */
enum {
        WAY_PARTLY = 1,    /* not every field has a value */
        WAY_FILLED = 2,    /* with anything that the rules of the fields let pass, instead of what is plausible */
        WAY_RIGHT = 4,     /* what much hangs on is set right */
        WAY_AGAIN = 8,     /* asked twice with one key */
        WAY_NEXT_DAY = 16, /* a day later */
        WAY_SPOILT = 32,   /* its lowest bit: how many fields are, 0 to 3 */
};

struct step {
        uint16_t method;
        uint8_t actor, way;
        uint32_t seed;
        const uint8_t *spoilt;
};

static struct {
        struct plausible pool, pool_at_first;
        struct world world_at_first;
        struct daemon *tracking;
        struct any_method *list[METHODS_MAX];
        size_t count, steps;
        const struct any_method *only; /* NULL: all alike */
        FILE *trail;
        struct growth growth;
} here;

/* ---- names that nobody else has */

static const char *const family_names[] = {"Quatrebarbes-Essai", "Trompesouris", "Passelaigue Essai"};
static const char *const given_names[] = {"Zéphirine", "Philibertine", "Anselmine"};
static const char *const marks[] = {"Quatrebarbes", "quatrebarbes", "QUATREBARBES", "Trompesouris", "trompesouris",
                                    "TROMPESOURIS", "Passelaigue",  "passelaigue",  "PASSELAIGUE",  "phirine",
                                    "Philibertine", "philibertine", "Anselmine",    "anselmine",    "0639987143"};

static void mark_identity(Tracking__Identity *identity, struct arena *arena)
{
        size_t draw = fill_random(&here.pool.seed) % 12;
        identity->family_name = arena_text(arena, family_names[draw % 3]);
        if (!identity->one_name)
                identity->given_name = arena_text(arena, given_names[draw / 3 % 3]);
        if (identity->birth_name[0] != '\0')
                identity->birth_name = arena_text(arena, family_names[draw / 2 % 3]);
        if (identity->phone[0] != '\0')
                identity->phone = arena_text(arena, "0639987143");
        if (identity->email[0] != '\0')
                identity->email = arena_text(arena, "anselmine@essai.example");
}

/* Rows of a list with columns that are known, some of them beside what they should be. */
static void mark_list(Types__SentList *list, bool persons, struct arena *arena)
{
        static const char *const persons_header[] = {"Nom", "Prénom", "Né(e) le"};
        static const char *const hours_header[] = {"Parcours", "Mois", "Heures"};
        static const char *const months[] = {"10/2026", "09/2026", "2026-08", "", "13/2026", "octobre"};
        static const char *const figures[] = {"100", "0", "35,5", "9999", "", "x"};
        static const char *const days[] = {"12/03/1990", "1990", "", "31/02/1990", "03/1985", "12/12/2030"};
        list->header = arena_alloc(arena, 3 * sizeof(*list->header));
        list->n_header = 3;
        for (size_t i = 0; i < list->n_header; i++)
                list->header[i] = arena_text(arena, persons ? persons_header[i] : hours_header[i]);
        list->n_mapping = 0;
        list->is_last |= list->n_rows == 1;
        for (size_t i = 0; i < list->n_rows; i++) {
                uint64_t draw = fill_random(&here.pool.seed);
                char **cells = arena_alloc(arena, 3 * sizeof(*cells)), id[ID_TEXT_SIZE];
                id_format(plausible_id(&here.pool, "placement_id"), id);
                cells[0] = arena_text(arena, persons ? family_names[draw % 3] : id);
                cells[1] = arena_text(arena, persons ? given_names[draw / 3 % 3] : months[draw % 6]);
                cells[2] = arena_text(arena, persons ? days[draw / 9 % 6] : figures[draw / 6 % 6]);
                list->rows[i]->cells = cells;
                list->rows[i]->n_cells = draw % 16 == 0 ? 2 : 3;
                list->rows[i]->number = (uint32_t)i + 2;
        }
}

static void mark(ProtobufCMessage *message, struct arena *arena)
{
        if (message->descriptor == &tracking__identity__descriptor)
                mark_identity((Tracking__Identity *)message, arena);
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                ProtobufCMessage *value = NULL;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE || field->label == PROTOBUF_C_LABEL_REPEATED ||
                    (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
                        continue;
                memcpy(&value, (uint8_t *)message + field->offset, sizeof(value));
                if (value == NULL)
                        continue;
                if (field->descriptor == &types__sent_list__descriptor)
                        mark_list((Types__SentList *)value, strstr(message->descriptor->name, "Hours") == NULL, arena);
                else
                        mark(value, arena);
        }
}

static const char *marked(struct slice bytes)
{
        for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
                if (memmem(bytes.data, bytes.size, marks[i], strlen(marks[i])) != NULL)
                        return marks[i];
        return NULL;
}

/* Those to whom a name may be told: the facilitator who opens a file with a reason, the officer who exports one for its
 * person (decision 0081), and who has just sent that name. */
static bool may_tell(const struct any_method *method, unsigned role, struct slice body, const char *name)
{
        static const struct {
                const char *method;
                unsigned role;
        } files[] = {{"OpenBeneficiaryFile", TYPES__ROLE__FACILITATOR},
                     {"ExportPerson", TYPES__ROLE__FACILITATOR},
                     {"ExportPerson", TYPES__ROLE__DATA_PROTECTION}};
        for (size_t i = 0; i < ARRAY_SIZE(files); i++)
                if (role == files[i].role && strcmp(method->descriptor->name, files[i].method) == 0)
                        return true;
        return memmem(body.data, body.size, name, strlen(name)) != NULL;
}

/* ---- the store as it is at first */

static bool is_grown_with(const struct any_method *method)
{
        static const char *const others[] = {"contracts.ImportContract", "contracts.PutClause",
                                             "contracts.RecordObligation", "contracts.DeclareNeed",
                                             "contracts.OpenContract"};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (strcmp(method->name, others[i]) == 0)
                        return true;
        return method->daemon == here.tracking && strstr(method->name, "Erase") == NULL &&
               strstr(method->name, "Restrict") == NULL;
}

static void stop(void)
{
        daemons_close();
        if (here.trail != NULL)
                (void)fclose(here.trail);
}

static void start(void)
{
        struct arena arena scoped(arena_fini) = {0};
        const char *only = getenv("GUICHET_FUZZ_METHOD"), *trail = getenv("GUICHET_FUZZ_TRAIL");
        daemons_open(MAP_BYTES);
        require(atexit(stop) == 0);
        methods_list();
        here.tracking = daemon_named("tracking");
        here.pool.seed = 20261018;
        here.pool.today = local_day("", daemons_world.now_ms_value);
        here.growth = (struct growth){.pool = &here.pool, .rounds = GROW_ROUNDS, .picks = is_grown_with};
        (void)organisations_put(&here.pool, &arena);
        size_t granted = insiders_grow(&here.growth);
        daemons_follow();
        for (size_t i = 0; i < method_count; i++)
                if (methods[i].daemon == here.tracking)
                        here.list[here.count++] = &methods[i];
        here.only = only == NULL || *only == '\0' ? NULL : method_named("tracking", only);
        if (only != NULL && *only != '\0' && here.only == NULL) {
                (void)fprintf(stderr, "no method tracking.%s\n", only);
                exit(2);
        }
        here.trail = trail == NULL ? NULL : fopen(trail, "we");
        require(trail == NULL || here.trail != NULL);
        daemon_keep(here.tracking);
        here.pool_at_first = here.pool;
        here.world_at_first = daemons_world;
        (void)fprintf(stderr, "%zu methods of tracking, %zu requests granted before\n", here.count, granted);
}

static int look_into(const char *path, const struct stat *info, int type, struct FTW *place)
{
        (void)info, (void)place;
        if (type != FTW_F)
                return 0;
        FILE *file = fopen(path, "rbe");
        require(file != NULL && fseek(file, 0, SEEK_END) == 0);
        size_t size = (size_t)ftell(file);
        char *bytes = malloc(size + 1);
        rewind(file);
        require(bytes != NULL && fread(bytes, 1, size, file) == size && fclose(file) == 0);
        const char *name = marked(slice_of(bytes, size));
        if (name != NULL)
                (void)fprintf(stderr, "%s: %s is in the clear\n", path, name);
        require(name == NULL);
        free(bytes);
        return 0;
}

static void look_at_all(void)
{
        require(daemon_verify(here.tracking));
        require(nftw(here.tracking->directory, look_into, 8, FTW_PHYS) == 0);
        here.steps = 0;
        daemon_return(here.tracking);
        here.pool = here.pool_at_first;
        daemons_world = here.world_at_first;
        if (here.trail != NULL) {
                rewind(here.trail);
                require(ftruncate(fileno(here.trail), 0) == 0);
        }
}

/* ---- a step */

static const Wire__Passport *actor_of(const struct any_method *method, uint8_t draw, struct arena *arena)
{
        static const char *const places[] = {"31", "31", "*", "62"};
        unsigned role = draw % ROLES;
        if (draw < 224) /* who may ask it at all; else anybody */
                role = method_role(method, &here.pool);
        struct id organisation = plausible_id(&here.pool, "organisation_id");
        bool acts_for_one = role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY ||
                            role == TYPES__ROLE__STRUCTURE || role == TYPES__ROLE__PRESCRIBER;
        Wire__Passport *actor =
                somebody((Types__Role)role, acts_for_one ? &organisation : NULL, places[draw / 16 % 4], arena);
        if (draw % 8 == 5)
                actor->user = arena_text(arena, "autre");
        return actor;
}

static ProtobufCMessage *request_of(const struct step *step, const struct any_method *method, struct arena *arena)
{
        const ProtobufCMessageDescriptor *type = method->descriptor->input;
        here.pool.whole = (step->way & WAY_PARTLY) == 0;
        ProtobufCMessage *request = (step->way & (WAY_FILLED | WAY_RIGHT)) == WAY_FILLED
                                            ? fill_message(type, &here.pool.seed, arena)
                                            : plausible_message(&here.pool, type, arena);
        if ((step->way & WAY_RIGHT) != 0)
                insiders_set_right(&here.growth, request, arena);
        mark(request, arena);
        for (unsigned i = 0; i < (unsigned)(step->way / WAY_SPOILT) % (SPOILT + 1); i++) {
                const uint8_t *bytes = step->spoilt + i * 3;
                spoil(&here.pool, request, (uint16_t)(bytes[0] << 8 | bytes[1]), bytes[2], arena);
        }
        uint64_t *seen = version_seen(request);
        if (seen != NULL && (step->seed & 7) != 0)
                *seen = engine_position(here.tracking->engine);
        return request;
}

static void check_events(uint64_t before, const struct any_method *method, struct arena *arena)
{
        struct slice batch = engine_events_after(here.tracking->engine, before, LIMIT_EVENT_BATCH_BYTES, arena);
        const char *name = marked(batch);
        if (name != NULL)
                (void)fprintf(stderr, "%s: %s in an event\n", method->name, name);
        require(name == NULL);
}

static void check_again(struct slice frame, const struct any_method *method, const Wire__Reply *first,
                        struct arena *arena)
{
        const Wire__Reply *again = NULL;
        uint64_t before = engine_position(here.tracking->engine);
        require(daemon_ask(here.tracking, frame, arena, &again) == 0);
        daemons_check_reply(again);
        if (!method->is_command || method->answers_anew)
                return;
        require(engine_position(here.tracking->engine) == before);
        require(again->outcome_case == first->outcome_case);
        require(first->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL ||
                slice_equal(pb_slice(first->body), pb_slice(again->body)));
}

static void check_reply(const struct any_method *method, unsigned role, struct slice body, const Wire__Reply *reply,
                        struct arena *arena)
{
        daemons_check_reply(reply);
        struct slice bytes = pb_encode(&reply->base, arena);
        const char *name = marked(bytes);
        if (name != NULL && !may_tell(method, role, body, name)) {
                (void)fprintf(stderr, "%s: %s in the reply to role %u\n", method->name, name, role);
                abort();
        }
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                return;
        const ProtobufCMessage *answer = pb_decode(method->descriptor->output, pb_slice(reply->body), arena);
        require(answer != NULL);
        plausible_learn(&here.pool, answer);
}

static void take(const struct step *step)
{
        struct arena arena scoped(arena_fini) = {0};
        const Wire__Reply *reply = NULL;
        const struct any_method *method = here.list[step->method % here.count];
        if (here.only != NULL && step->actor % 4 != 3)
                method = here.only;
        here.pool.seed = step->seed;
        daemons_world.now_ms_value++;
        if ((step->way & WAY_NEXT_DAY) != 0 &&
            daemons_world.now_ms_value < here.world_at_first.now_ms_value + (int64_t)LATE_DAYS * DAY_MS)
                daemons_world.now_ms_value += DAY_MS;
        here.pool.today = local_day("", daemons_world.now_ms_value);

        const Wire__Passport *actor = actor_of(method, step->actor, &arena);
        struct slice body = pb_encode(request_of(step, method, &arena), &arena);
        struct slice frame = daemons_frame(method->name, daemons_passport_of(actor, &arena), body, &arena);
        uint64_t before = engine_position(here.tracking->engine);
        int err = daemon_ask(here.tracking, frame, &arena, &reply);
        if (err == ERR_MAP_FULL) { /* told to who asked; here, the store of at first is the remedy */
                here.steps = STEPS_BETWEEN;
                return;
        }
        require(err == 0);
        check_reply(method, actor->role, body, reply, &arena);
        check_events(before, method, &arena);
        if ((step->way & WAY_AGAIN) != 0)
                check_again(frame, method, reply, &arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        if (here.tracking == NULL)
                start();
        if (here.trail != NULL) {
                require(fwrite(data, 1, size - size % STEP_BYTES, here.trail) == size - size % STEP_BYTES);
                require(fflush(here.trail) == 0);
        }
        for (size_t at = 0; at + STEP_BYTES <= size; at += STEP_BYTES) {
                const uint8_t *bytes = data + at;
                struct step step = {.method = (uint16_t)(bytes[0] << 8 | bytes[1]),
                                    .actor = bytes[2],
                                    .way = bytes[3],
                                    .spoilt = bytes + 8};
                memcpy(&step.seed, bytes + 4, sizeof(step.seed));
                take(&step);
                here.steps++;
        }
        if (here.steps >= STEPS_BETWEEN)
                look_at_all();
        return 0;
}
