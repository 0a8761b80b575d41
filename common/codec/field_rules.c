#include "common/codec/field_rules.h"

#include <ctype.h>
#include <fnmatch.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"

/* Descriptors are found by their address: every field and message that requests are made of has a place. Made once,
 * then only read. */
enum { PLACES = 4096, NAME_SIZE = 160 };

static struct place {
        const void *descriptor;
        struct field_rule rule;
} places[PLACES];

static const struct field_rule defaults = {
        .characters_max = BOUND_CHARACTERS, .count_max = BOUND_COUNT, .bytes_max = BOUND_BYTES};
static const struct field_rule request_defaults = {
        .characters_max = BOUND_CHARACTERS, .count_max = BOUND_COUNT, .bytes_max = BOUND_REQUEST_BYTES};

/* Where the descriptor stands, or would. */
static struct place *place_of(const void *descriptor)
{
        size_t at = (size_t)(((uintptr_t)descriptor >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 52);
        while (places[at].descriptor != NULL && places[at].descriptor != descriptor)
                at = (at + 1) % PLACES;
        return &places[at];
}

/* Most rows begin with the very text, or are "*.name": these are told without fnmatch(). */
static bool names(const char *pattern, const char *name)
{
        size_t literal = strcspn(pattern, "*?[\\");
        if (strncmp(pattern, name, literal) != 0)
                return false;
        if (strncmp(pattern, "*.", 2) == 0 && strpbrk(pattern + 1, "*?[\\") == NULL) {
                const char *last = strrchr(name, '.');
                return last != NULL && strcmp(last, pattern + 1) == 0;
        }
        return fnmatch(pattern, name, 0) == 0;
}

/* What the row says and none before it did. */
static void fill_in(struct field_rule *rule, const struct field_rule *row)
{
        if (rule->field == NULL)
                rule->field = row->field;
        if (rule->label == NULL) {
                rule->label = row->label;
                rule->help = row->help;
        }
        if (rule->characters_max == 0)
                rule->characters_max = row->characters_max;
        if (rule->count_max == 0)
                rule->count_max = row->count_max;
        if (rule->bytes_max == 0)
                rule->bytes_max = row->bytes_max;
        if (rule->kind == TEXT_UNSAID)
                rule->kind = row->kind;
        if (rule->codes == NULL)
                rule->codes = row->codes;
        if (rule->presence == PRESENCE_UNSAID)
                rule->presence = row->presence;
        if (rule->least == 0 && rule->most == 0) {
                rule->least = row->least;
                rule->most = row->most;
        }
        if (rule->day == DAY_UNSAID)
                rule->day = row->day;
        if (rule->routing == ROUTING_NONE)
                rule->routing = row->routing;
}

static void keep_rule(const void *descriptor, const char *name, const struct field_rule *otherwise)
{
        static size_t count;
        struct field_rule rule = {0};
        require(count++ < PLACES / 2);
        for (size_t part = 0; part < FIELD_RULES_PARTS; part++)
                for (size_t i = 0; i < *field_rules_parts[part].count; i++)
                        if (names(field_rules_parts[part].rows[i].field, name))
                                fill_in(&rule, &field_rules_parts[part].rows[i]);
        fill_in(&rule, otherwise);
        *place_of(descriptor) = (struct place){descriptor, rule};
}

static void put_message(const ProtobufCMessageDescriptor *type)
{
        char name[NAME_SIZE];

        if (place_of(type)->descriptor != NULL)
                return;
        keep_rule(type, type->name, &request_defaults);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                require((size_t)snprintf(name, sizeof(name), "%s.%s", type->name, field->name) < sizeof(name));
                keep_rule(field, name, &defaults);
                if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                        put_message(field->descriptor);
        }
}

static void put_requests(const ProtobufCServiceDescriptor *block)
{
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++)
                put_message(block->methods[i].input);
}

static void put_all(void)
{
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                put_requests(service->commands);
                put_requests(service->queries);
        }
}

static const struct field_rule *find(const void *descriptor, const struct field_rule *otherwise)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        require(pthread_once(&once, put_all) == 0);
        const struct place *place = place_of(descriptor);
        return place->descriptor == NULL ? otherwise : &place->rule;
}

const struct field_rule *field_rule(const ProtobufCFieldDescriptor *field)
{
        return find(field, &defaults);
}

const struct field_rule *message_rule(const ProtobufCMessageDescriptor *type)
{
        return find(type, &request_defaults);
}

void label_title(const char *label, char ret_title[LABEL_SIZE])
{
        static const char *const articles[] = {"le ", "la ", "les ", "l'"};
        for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
                if (strncmp(label, articles[i], strlen(articles[i])) == 0) {
                        label += strlen(articles[i]);
                        break;
                }
        }
        (void)snprintf(ret_title, LABEL_SIZE, "%s", label);
        if (strncmp(ret_title, "é", 2) == 0)
                memcpy(ret_title, "É", 2);
        else
                ret_title[0] = (char)toupper((unsigned char)ret_title[0]);
}
