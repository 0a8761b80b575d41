#include "common/codec/codes.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/nearest.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/field_rules.h"
#include "common/codec/pb.h"

enum { PATH_SIZE = 4096, CODE_SIZE = 64, FEW_CODES = 9 };

/* Where lists are. Files have "versions", each with the list; or the list itself, whose entries may be dated one by
 * one. */
static const struct source {
        const char *name;
        const char *file;
        const char *key;   /* of the list, in a version or in the file; "a.b": in the object "a" */
        const char *inner; /* of the list in each of its entries; NULL: the entries themselves */
        bool ever;
} sources[] = {
        {"publics", "publics.json", "publics", NULL, false},
        {"publics_ever", "publics.json", "publics", NULL, true},
        {"proofs_ever", "publics.json", "publics", "proofs", true},
        {"work_contracts", "publics.json", "validity.work_contracts", NULL, false},
        {"amendments", "terms.json", "amendments", NULL, false},
        {"corrections", "terms.json", "corrections", NULL, false},
        {"reading_reasons", "reading_reasons.json", "reasons", NULL, false},
        {"erasure_reasons", "privacy.json", "erasure_reasons", NULL, false},
        {"restriction_reasons", "privacy.json", "restriction_reasons", NULL, false},
        {"lifting_reasons", "privacy.json", "lifting_reasons", NULL, false},
        {"relocation_declines", "privacy.json", "relocation_declines", NULL, false},
        {"end_reasons", "outcomes.json", "end_reasons", NULL, false},
        {"contact_kinds", "followup.json", "contact_kinds", NULL, false},
        {"contact_results", "followup.json", "contact_results", NULL, false},
        {"action_kinds", "followup.json", "action_kinds", NULL, false},
        {"giving_up_reasons", "followup.json", "giving_up_reasons", NULL, false},
        {"outcome_sources", "outcomes.json", "outcome_sources", NULL, false},
        {"refusal_reasons", "eligibility.json", "refusal_reasons", NULL, false},
        {"suspension_reasons", "eligibility.json", "suspension_reasons", NULL, false},
        {"correction_reasons", "eligibility.json", "correction_reasons", NULL, false},
        {"proposal_refusals", "proposals.json", "refusal_reasons", NULL, false},
        {"proposal_withdrawals", "proposals.json", "withdrawal_reasons", NULL, false},
        {"proposal_postponements", "proposals.json", "postponement_reasons", NULL, false},
        {"evidence_kinds", "controls.json", "evidence_kinds", NULL, false},
        {"rejection_reasons", "controls.json", "rejection_reasons", NULL, false},
        {"control_effects", "controls.json", "effects", NULL, false},
        {"return_reasons", "hours.json", "return_reasons", NULL, false},
        {"calibration_trades", "calibration.json", "trades", NULL, false},
        {"calibration_schemes", "calibration.json", "schemes", NULL, false},
        {"calibration_tables", "calibration.json", "tables", NULL, false},
        {"control_models", "control.json", "models", NULL, false},
        {"control_documents", "control.json", "documents", NULL, false},
        {"control_rates", "control.json", "rates", NULL, false},
        {"derogation_grounds_ever", "social_duty.json", "grounds", NULL, true},
};

/* ---- reading */

struct reading {
        const struct source *source;
        const char *path;
        struct code_lists *lists;
        struct code_list *list;
        int32_t first_day, last_day; /* of the version or of the entry that is read */
        struct err_info *info;
};

static bool is_there(const struct reading *reading, const char *code)
{
        for (size_t i = 0; i < reading->list->count; i++)
                if (strcmp(reading->list->codes[i].code, code) == 0)
                        return true;
        return false;
}

static int take_entry(struct reading *reading, const json_t *entry)
{
        const char *code = json_string_value(json_object_get(entry, "code"));
        const char *label = json_string_value(json_object_get(entry, "label"));
        struct code_list *list = reading->list;
        if (text_is_empty(code) || text_is_empty(label) || strlen(code) >= CODE_SIZE)
                return err_set(reading->info, ERR_CONFIG, "%s: %s: each needs a code of less than %d bytes and a label",
                               reading->path, reading->source->key, CODE_SIZE);
        if (reading->source->ever && is_there(reading, code))
                return 0;
        list->codes = pb_append(list->codes, &list->count, sizeof(*list->codes), &reading->lists->arena);
        list->codes[list->count - 1] = (struct code){
                .code = arena_text(&reading->lists->arena, code),
                .label = arena_text(&reading->lists->arena, label),
                .first_day = reading->source->ever ? INT32_MIN : reading->first_day,
                .last_day = reading->source->ever ? INT32_MAX : reading->last_day,
        };
        return 0;
}

static int read_day(const struct reading *reading, const json_t *object, const char *key, int32_t otherwise,
                    int32_t *ret)
{
        const char *text = json_string_value(json_object_get(object, key));
        struct day day;
        *ret = otherwise;
        if (text_is_empty(text))
                return 0;
        if (day_parse(text, &day) != 0)
                return err_set(reading->info, ERR_CONFIG, "%s: %s: \"%s\" is no day", reading->path, key, text);
        *ret = day_number(day);
        return 0;
}

static const json_t *list_at(const json_t *object, const char *key)
{
        char name[CODE_SIZE];
        for (const char *dot; (dot = strchr(key, '.')) != NULL; key = dot + 1) {
                (void)snprintf(name, sizeof(name), "%.*s", (int)(dot - key), key);
                object = json_object_get(object, name);
        }
        return json_object_get(object, key);
}

/* Entries without days of their own count as long as what they stand in. */
static int read_list(struct reading *reading, const json_t *object)
{
        const json_t *list = list_at(object, reading->source->key);
        const int32_t from = reading->first_day, until = reading->last_day;
        int err = 0;
        for (size_t i = 0; i < json_array_size(list) && err == 0; i++) {
                const json_t *entry = json_array_get(list, i), *inner;
                err = read_day(reading, entry, "valid_from", from, &reading->first_day);
                if (err == 0)
                        err = read_day(reading, entry, "valid_to", until, &reading->last_day);
                if (err == 0 && reading->source->inner == NULL)
                        err = take_entry(reading, entry);
                inner = reading->source->inner == NULL ? NULL : json_object_get(entry, reading->source->inner);
                for (size_t k = 0; k < json_array_size(inner) && err == 0; k++)
                        err = take_entry(reading, json_array_get(inner, k));
        }
        return err;
}

/* Each version counts until the next one; the first for all days before it, too. */
static int read_versions(struct reading *reading, const json_t *versions)
{
        int err = 0;
        for (size_t i = 0; i < json_array_size(versions) && err == 0; i++) {
                const json_t *next = json_array_get(versions, i + 1);
                int32_t next_day = 0;
                err = read_day(reading, json_array_get(versions, i), "valid_from", INT32_MIN, &reading->first_day);
                if (err == 0)
                        err = read_day(reading, next, "valid_from", INT32_MAX, &next_day);
                if (i == 0)
                        reading->first_day = INT32_MIN;
                reading->last_day = next == NULL ? INT32_MAX : next_day - 1;
                if (err == 0)
                        err = read_list(reading, json_array_get(versions, i));
        }
        return err;
}

static int read_source(const char *directory, const struct source *source, struct code_lists *lists,
                       struct err_info *info)
{
        char path[PATH_SIZE];
        json_error_t where;
        if (snprintf(path, sizeof(path), "%s/%s", directory, source->file) >= (int)sizeof(path))
                return err_set(info, ERR_CONFIG, "%s: the path is too long", source->file);
        json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
        if (root == NULL)
                return err_set(info, where.line < 0 ? ERR_NOT_FOUND : ERR_CONFIG, "%s: line %d: %s", path, where.line,
                               where.text);
        struct code_list *list = &lists->lists[lists->count++];
        *list = (struct code_list){.name = source->name};
        struct reading reading = {source, path, lists, list, INT32_MIN, INT32_MAX, info};
        const json_t *versions = json_object_get(root, "versions");
        int err = versions != NULL ? read_versions(&reading, versions) : read_list(&reading, root);
        if (err == 0 && list->count == 0)
                err = err_set(info, ERR_CONFIG, "%s: %s: there must be at least one", path, source->key);
        json_decref(root);
        return err;
}

/* ---- which */

static bool is_named_in(const ProtobufCMessageDescriptor *type, const char *name)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const char *codes = field_rule(field)->codes;
                if (codes != NULL && strcmp(codes, name) == 0)
                        return true;
                if (field->type == PROTOBUF_C_TYPE_MESSAGE && is_named_in(field->descriptor, name))
                        return true;
        }
        return false;
}

static bool is_named_by(const ProtobufCServiceDescriptor *block, const char *name)
{
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++)
                if (is_named_in(block->methods[i].input, name))
                        return true;
        return false;
}

static bool is_wanted(const char *service, const char *name)
{
        const struct catalogue_service *one = service == NULL ? NULL : catalogue_find(service);
        return service == NULL || is_named_by(one->commands, name) || is_named_by(one->queries, name);
}

int codes_load(const char *directory, const char *service, struct code_lists *ret, struct err_info *info)
{
        struct code_lists lists = {0};
        int err = 0;
        lists.lists = arena_zalloc(&lists.arena, ARRAY_SIZE(sources) * sizeof(*lists.lists));
        for (size_t i = 0; i < ARRAY_SIZE(sources) && err == 0; i++)
                if (is_wanted(service, sources[i].name))
                        err = read_source(directory, &sources[i], &lists, info);
        if (err != 0)
                codes_free(&lists);
        else
                *ret = lists;
        return err;
}

void codes_free(struct code_lists *lists)
{
        arena_fini(&lists->arena);
        *lists = (struct code_lists){0};
}

bool codes_is_list(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
                if (strcmp(sources[i].name, name) == 0)
                        return true;
        return false;
}

/* ---- asking */

const struct code_list *codes_list(const struct code_lists *lists, const char *name)
{
        for (size_t i = 0; i < lists->count; i++)
                if (strcmp(lists->lists[i].name, name) == 0)
                        return &lists->lists[i];
        return NULL;
}

bool code_counts(const struct code *code, struct day day)
{
        return code->first_day <= day_number(day) && day_number(day) <= code->last_day;
}

bool codes_have(const struct code_list *list, const char *code, struct day day)
{
        for (size_t i = 0; i < list->count; i++)
                if (code_counts(&list->codes[i], day) && strcmp(list->codes[i].code, code) == 0)
                        return true;
        return false;
}

/* ---- the remedy */

bool codes_name_all(const struct code_list *list, struct day day, char ret_remedy[CODES_REMEDY_SIZE])
{
        const char *names[FEW_CODES];
        size_t count = 0, used;
        for (size_t i = 0; i < list->count; i++) {
                if (!code_counts(&list->codes[i], day))
                        continue;
                if (count == FEW_CODES)
                        return false;
                names[count++] = list->codes[i].code;
        }
        used = (size_t)snprintf(ret_remedy, CODES_REMEDY_SIZE, "écrivez ");
        for (size_t i = 0; i < count && used < CODES_REMEDY_SIZE; i++)
                used += (size_t)snprintf(ret_remedy + used, CODES_REMEDY_SIZE - used, "%s%s",
                                         i == 0           ? ""
                                         : i + 1 == count ? " ou "
                                                          : ", ",
                                         names[i]);
        return count > 0 && used < CODES_REMEDY_SIZE;
}

void codes_remedy(const struct code_list *list, const char *text, struct day day, char ret_remedy[CODES_REMEDY_SIZE])
{
        const struct code *nearest = NULL;
        unsigned least = 0;
        if (codes_name_all(list, day, ret_remedy))
                return;
        for (size_t i = 0; i < list->count; i++) {
                if (!code_counts(&list->codes[i], day))
                        continue;
                unsigned changes = letters_apart(text, list->codes[i].code);
                if (nearest == NULL || changes < least) {
                        nearest = &list->codes[i];
                        least = changes;
                }
        }
        if (nearest == NULL)
                (void)snprintf(ret_remedy, CODES_REMEDY_SIZE, "la liste est vide aujourd'hui");
        else
                (void)snprintf(ret_remedy, CODES_REMEDY_SIZE,
                               "écrivez un code de la liste, par exemple %s (le plus proche) : %.100s", nearest->code,
                               nearest->label);
}
