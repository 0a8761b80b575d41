/* dump: what was on the wire, or stands in a log, made readable. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/print_json.h"
#include "services/ctl/session.h"
#include "runtime/queries.pb-c.h"

enum { HASH_BYTES = 32, ID_BYTES = 16 };

struct dump {
        const char *directory;
        const char *log;
        const char *service;
        const char *method;
        uint64_t from;
        uint64_t count;
        struct arena arena;
};

static void put_hex(json_t *object, const char *name, ProtobufCBinaryData bytes, struct arena *arena)
{
        char *hex = arena_alloc(arena, 2 * bytes.len + 1);
        (void)sodium_bin2hex(hex, 2 * bytes.len + 1, bytes.data, bytes.len);
        json_set_member(object, name, json_string(hex));
}

static void put_id(json_t *object, const char *name, ProtobufCBinaryData bytes, struct arena *arena)
{
        struct id id;
        char text[ID_TEXT_SIZE];
        if (bytes.len != sizeof(id.b)) {
                put_hex(object, name, bytes, arena);
                return;
        }
        memcpy(id.b, bytes.data, sizeof(id.b));
        id_format(id, text);
        json_set_member(object, name, json_string(text));
}

/* As a message of `type` where that is known and the bytes are one, else as hexadecimal digits. */
static void put_body(json_t *object, const char *name, const ProtobufCMessageDescriptor *type,
                     ProtobufCBinaryData bytes, struct arena *arena)
{
        const ProtobufCMessage *message = type == NULL ? NULL : pb_decode(type, pb_slice(bytes), arena);
        if (message == NULL)
                put_hex(object, name, bytes, arena);
        else
                json_set_member(object, name, json_of_message(message));
}

static json_t *describe_record(ProtobufCBinaryData bytes, const ProtobufCMessageDescriptor *event, struct arena *arena)
{
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, pb_slice(bytes), arena);
        if (record == NULL || record->previous_hash.len != HASH_BYTES)
                return NULL;
        char at[INSTANT_TEXT_SIZE];
        json_t *json = json_object();
        instant_format(record->at_ms, at);
        json_set_member(json, "number", json_integer((json_int_t)record->number));
        json_set_member(json, "at", json_string(at));
        json_set_member(json, "user", json_string(record->user));
        if (record->account.len == ID_BYTES)
                put_id(json, "account", record->account, arena);
        put_id(json, "cause", record->cause, arena);
        put_body(json, "event", event, record->body, arena);
        put_hex(json, "previousHash", record->previous_hash, arena);
        if (record->sealed_hash.len > 0)
                put_hex(json, "sealedHash", record->sealed_hash, arena);
        return json;
}

/* --- a captured frame: what it is is told from its content -------------------------------------------------------- */

static json_t *describe_passport(ProtobufCBinaryData bytes, struct arena *arena)
{
        const Wire__SignedPassport *outer = pb_decode(&wire__signed_passport__descriptor, pb_slice(bytes), arena);
        const Wire__Passport *passport =
                outer == NULL ? NULL : pb_decode(&wire__passport__descriptor, pb_slice(outer->passport), arena);
        return passport == NULL ? json_null() : json_of_message(&passport->base);
}

static json_t *describe_envelope(struct dump *dump, struct slice frame)
{
        struct catalogue_method found;
        const Wire__Envelope *envelope = pb_decode(&wire__envelope__descriptor, frame, &dump->arena);
        if (envelope == NULL || envelope->version == 0 || envelope->id.len != ID_BYTES ||
            strchr(envelope->method, '.') == NULL)
                return NULL;
        json_t *json = json_object();
        bool known = catalogue_method(envelope->method, &found);
        json_set_member(json, "kind", json_string("envelope"));
        json_set_member(json, "version", json_integer(envelope->version));
        json_set_member(json, "method", json_string(envelope->method));
        put_id(json, "id", envelope->id, &dump->arena);
        json_set_member(json, "passport", describe_passport(envelope->passport, &dump->arena));
        put_body(json, "body", known ? found.method->input : NULL, envelope->body, &dump->arena);
        return json;
}

static json_t *describe_reply(struct dump *dump, struct slice frame)
{
        struct catalogue_method found;
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, frame, &dump->arena);
        if (reply == NULL || reply->id.len != ID_BYTES || reply->outcome_case == WIRE__REPLY__OUTCOME__NOT_SET)
                return NULL;
        bool known = dump->method != NULL && catalogue_method(dump->method, &found);
        json_t *json = json_object();
        json_set_member(json, "kind", json_string("reply"));
        put_id(json, "id", reply->id, &dump->arena);
        json_set_member(json, "position", json_integer((json_int_t)reply->position));
        json_set_member(json, "repeatedKey", json_boolean(reply->repeated_key));
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                json_set_member(json, "refusal", json_of_message(&reply->refusal->base));
        else
                put_body(json, "body", known ? found.method->output : NULL, reply->body, &dump->arena);
        return json;
}

static json_t *describe_batch(struct dump *dump, struct slice frame)
{
        const struct catalogue_service *service = dump->service == NULL ? NULL : catalogue_find(dump->service);
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, frame, &dump->arena);
        if (batch == NULL)
                return NULL;
        json_t *json = json_object();
        json_t *records = json_array();
        json_set_member(json, "kind", json_string("eventBatch"));
        json_set_member(json, "head", json_integer((json_int_t)batch->head));
        json_set_member(json, "records", records);
        for (size_t i = 0; i < batch->n_records; i++) {
                json_t *record =
                        describe_record(batch->records[i], service == NULL ? NULL : service->event, &dump->arena);
                if (record == NULL) {
                        json_decref(json);
                        return NULL;
                }
                require(json_array_append_new(records, record) == 0);
        }
        return json;
}

static int dump_file(struct dump *dump, const char *path)
{
        FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
        if (file == NULL)
                return complain("%s : fichier illisible.", path);
        uint8_t *bytes = arena_alloc(&dump->arena, LIMIT_FRAME_BYTES + 1);
        struct slice frame = slice_of(bytes, fread(bytes, 1, LIMIT_FRAME_BYTES + 1, file));
        if (file != stdin)
                (void)fclose(file);
        if (frame.size > LIMIT_FRAME_BYTES)
                return complain("%s : plus long qu'une trame (%d octets).", path, LIMIT_FRAME_BYTES);

        json_t *json = describe_envelope(dump, frame);
        if (json == NULL)
                json = describe_reply(dump, frame);
        if (json == NULL)
                json = describe_batch(dump, frame);
        if (json == NULL)
                return complain("%s : ni une demande, ni une réponse, ni des événements.", path);
        int written = json_dumpf(json, stdout, JSON_INDENT(2));
        json_decref(json);
        return written == 0 && putchar('\n') != EOF ? CTL_DONE : CTL_FAILED;
}

/* --- the log of a running instance ---------------------------------------------------------------------------------
 */

static int print_batch(struct dump *dump, const Wire__EventBatch *batch, const ProtobufCMessageDescriptor *event,
                       struct arena *arena)
{
        for (size_t i = 0; i < batch->n_records && dump->count > 0; i++, dump->count--) {
                json_t *json = describe_record(batch->records[i], event, arena);
                if (json == NULL)
                        return complain("l'événement %llu est illisible.", (unsigned long long)dump->from);
                dump->from = (uint64_t)json_integer_value(json_object_get(json, "number")) + 1;
                if (!print_json_line_take(stdout, json))
                        return CTL_FAILED;
        }
        return CTL_DONE;
}

static int dump_log(struct dump *dump, struct session *session)
{
        const struct instance *instance = topology_instance(session->topology, dump->log);
        if (instance == NULL)
                return complain("la topologie n'a pas d'instance « %s ».", dump->log);
        const struct catalogue_service *service = catalogue_find(instance->service);
        if (service->event == NULL)
                return complain("%s n'a pas de journal d'événements.", dump->log);

        for (int code = CTL_DONE; code == CTL_DONE && dump->count > 0;) {
                scoped(arena_fini) struct arena arena = {0};
                struct answer answer = {0};
                struct err_info info = {0};
                Runtime__EventsAfterRequest request = RUNTIME__EVENTS_AFTER_REQUEST__INIT;
                request.after = dump->from - 1;
                if (link_call_instance(session->link, instance, "runtime.EventsAfter", &request.base, NULL, &arena,
                                       &answer, &info) != 0)
                        return complain("%s", info.text);
                if (answer.body == NULL)
                        return complain("%s", answer.refusal->text);
                const Runtime__EventsAfterReply *reply = (const Runtime__EventsAfterReply *)answer.body;
                const Wire__EventBatch *batch =
                        pb_decode(&wire__event_batch__descriptor, pb_slice(reply->batch), &arena);
                if (batch == NULL || batch->n_records == 0)
                        return batch == NULL ? complain("la réponse de %s est illisible.", dump->log) : CTL_DONE;
                code = print_batch(dump, batch, service->event, &arena);
                if (code != CTL_DONE)
                        return code;
        }
        return CTL_DONE;
}

static int run_dump(const struct verb *verb, int argc, char **argv)
{
        struct dump dump = {.directory = "run", .from = 1, .count = UINT64_MAX};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &dump.directory},
                {.name = "--log", .text = &dump.log},
                {.name = "--service", .text = &dump.service},
                {.name = "--method", .text = &dump.method},
                {.name = "--from", .number = &dump.from, .number_max = INT64_MAX},
                {.name = "--count", .number = &dump.count, .number_max = INT64_MAX},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_max = 1};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        if ((words == 1) == (dump.log != NULL))
                return misused(verb, "il faut un fichier ou « --log INSTANCE ».");
        dump.from = dump.from == 0 ? 1 : dump.from;

        scoped(session_close) struct session session = {0};
        int code = CTL_FAILED;
        if (words == 1)
                code = dump_file(&dump, argv[0]);
        else if (session_open(dump.directory, 0, &session))
                code = dump_log(&dump, &session);
        arena_fini(&dump.arena);
        return code;
}

const struct verb verb_dump = {
        .name = "dump",
        .summary = "rend lisible une trame ou un journal d'événements",
        .usage = "guichetctl dump FICHIER [--service NOM] [--method SERVICE.DEMANDE]\n"
                 "guichetctl dump --log INSTANCE [--from N] [--count N] [--dir run]\n\n"
                 "Un fichier contient une trame telle qu'elle a circulé (« - » : l'entrée standard) : demande, réponse "
                 "ou\n"
                 "événements. Une réponse ne dit pas de quelle demande elle vient : --method le dit ; des événements "
                 "ne\n"
                 "disent pas de quel service : --service le dit. --log lit le journal d'une instance en marche, un "
                 "objet\n"
                 "JSON par ligne.\n\n"
                 "Exemples :\n"
                 "  guichetctl dump trame.bin\n"
                 "  guichetctl dump --log tracking-1 --from 1200 --count 10",
        .run = run_dump,
};
