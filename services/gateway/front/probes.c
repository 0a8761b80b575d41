#include "services/gateway/front/probes.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/service/engine.h"
#include "runtime/queries.pb-c.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/visit.h"

enum { PROBE_TIMEOUT_MS = 500 };

struct round;

struct probe {
        struct round *round;
        const struct instance *instance;
        ProtobufCMessage *reply; /* NULL: silent */
};

/* All the probes of one visit, in its request's arena; the last answer that comes ends it. */
struct round {
        struct http_request *request;
        const ProtobufCMessageDescriptor *type; /* of the replies */
        struct probe *probes;
        size_t count;
        size_t waiting;
        void (*finish)(struct round *round);
};

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct probe *probe = argument;
        struct round *round = probe->round;
        (void)arena; /* dies before the round does */

        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_BODY)
                probe->reply = pb_decode(round->type, pb_slice(reply->body), http_arena(round->request));
        if (--round->waiting == 0)
                round->finish(round);
}

static void ask(struct service *service, struct probe *probe, const char *method)
{
        struct world *world = engine_world(service_engine(service));
        struct id id = id_new(world, world->now_ms(world), 0);
        const struct client_target target = {probe->instance->name, probe->instance->endpoint,
                                             probe->instance->public_key};
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(id_slice(&id));
        client_ask(service_client(service), &target, &envelope, PROBE_TIMEOUT_MS, on_answer, probe);
}

static void start_round(struct visit *visit, const char *method, const ProtobufCMessageDescriptor *type,
                        void (*finish)(struct round *round))
{
        struct service *service = gateway_service(visit->gateway);
        const struct topology *topology = service_topology(service);
        struct arena *arena = http_arena(visit->request);
        struct round *round = arena_zalloc(arena, sizeof(*round));

        round->request = visit->request;
        round->type = type;
        round->count = round->waiting = topology->instance_count;
        round->probes = arena_zalloc(arena, round->count * sizeof(*round->probes));
        round->finish = finish;
        for (size_t i = 0; i < round->count; i++) {
                round->probes[i] = (struct probe){.round = round, .instance = &topology->instances[i]};
                ask(service, &round->probes[i], method);
        }
}

/* --- health --------------------------------------------------------------------------------------------------------
 */

static json_t *health_of(const struct probe *probe)
{
        if (probe->reply != NULL)
                return json_of_message(probe->reply);
        return json_pack("{s:s, s:s, s:s}", "instance", probe->instance->name, "service", probe->instance->service,
                         "state", "unreachable");
}

static void finish_health(struct round *round)
{
        json_t *instances = json_array();
        bool serving = true;

        for (size_t i = 0; i < round->count; i++) {
                const Runtime__HealthReply *health = (const Runtime__HealthReply *)round->probes[i].reply;
                serving = serving && health != NULL && strcmp(health->state, "serving") == 0;
                require(json_array_append_new(instances, health_of(&round->probes[i])) == 0);
        }
        answer_json(round->request, serving ? 200 : 503, json_pack("{s:o}", "instances", instances), NULL);
}

void probes_health(struct visit *visit)
{
        start_round(visit, "runtime.Health", &runtime__health_reply__descriptor, finish_health);
}

/* --- metrics -------------------------------------------------------------------------------------------------------
 */

struct line {
        const char *text;
        size_t size;
        size_t name_size; /* "guichet_commands_total" of "guichet_commands_total{instance=…} 3" */
        size_t order;
};

static int by_name(const void *a, const void *b)
{
        const struct line *one = a, *other = b;
        size_t shorter = one->name_size < other->name_size ? one->name_size : other->name_size;
        int difference = memcmp(one->text, other->text, shorter);
        if (difference != 0)
                return difference;
        if (one->name_size != other->name_size)
                return one->name_size < other->name_size ? -1 : 1;
        return one->order < other->order ? -1 : 1;
}

static size_t count_lines(const char *const *texts, size_t *ret_bytes)
{
        size_t lines = 0;
        *ret_bytes = 0;
        for (; *texts != NULL; texts++) {
                *ret_bytes += strlen(*texts) + 1;
                for (const char *at = *texts; *at != '\0'; at += strcspn(at, "\n") + (strchr(at, '\n') != NULL ? 1 : 0))
                        lines++;
        }
        return lines;
}

char *probes_merge(const char *const *texts, struct arena *arena)
{
        size_t bytes, count = 0, used = 0;
        struct line *lines = arena_alloc(arena, (count_lines(texts, &bytes) + 1) * sizeof(*lines));

        for (; *texts != NULL; texts++)
                for (const char *at = *texts; *at != '\0';) {
                        size_t size = strcspn(at, "\n");
                        if (size > 0 && *at != '#') { /* comments would lose the lines that they speak of */
                                lines[count] = (struct line){at, size, strcspn(at, "{ \n"), count};
                                count++;
                        }
                        at += size + (at[size] == '\n' ? 1 : 0);
                }
        qsort(lines, count, sizeof(*lines), by_name);
        char *merged = arena_alloc(arena, bytes + 1);
        for (size_t i = 0; i < count; i++) {
                memcpy(merged + used, lines[i].text, lines[i].size);
                used += lines[i].size;
                merged[used++] = '\n';
        }
        merged[used] = '\0';
        return merged;
}

static void finish_metrics(struct round *round)
{
        struct arena *arena = http_arena(round->request);
        const char **texts = arena_zalloc(arena, (2 * round->count + 1) * sizeof(*texts));

        for (size_t i = 0; i < round->count; i++) {
                const Runtime__MetricsReply *metrics = (const Runtime__MetricsReply *)round->probes[i].reply;
                texts[2 * i] = arena_printf(arena, "guichet_up{instance=\"%s\"} %d\n", round->probes[i].instance->name,
                                            metrics != NULL ? 1 : 0);
                texts[2 * i + 1] = metrics != NULL ? metrics->text : "";
        }
        const struct http_response response = {
                .status = 200,
                .body = slice_of_text(probes_merge(texts, arena)),
                .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                            {"Cache-Control", "no-store"}},
        };
        http_answer(round->request, &response);
}

void probes_metrics(struct visit *visit)
{
        start_round(visit, "runtime.Metrics", &runtime__metrics_reply__descriptor, finish_metrics);
}
