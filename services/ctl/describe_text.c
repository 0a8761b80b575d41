#include "services/ctl/describe_text.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "common/codec/request_example.h"
#include "common/codec/types.h"
#include "services/ctl/example.h"
#include "services/ctl/find.h"
#include "services/ctl/methods.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"

enum { NAME_WIDTH = 24, DEPTH_MAX = 4, INDENT = 2, CODES_SHOWN = 60, TYPES_MAX = 64 };

struct describing {
        const struct code_lists *codes;
        struct day today;
        struct arena arena;
        const void *told[TYPES_MAX]; /* messages and enums: so that each is told once */
        size_t told_count;
        bool is_answer; /* its fields have no rules */
};

/* ---- what one field may hold, in words */

static const struct words_of_type {
        const ProtobufCMessageDescriptor *type;
        const char *asked;    /* in a request: as people may write it */
        const char *answered; /* as JSON writes it */
} form_words[] = {
        {&types__id__descriptor, "un identifiant", "un identifiant"},
        {&types__day__descriptor, TYPED_DAY, "un jour, comme 2027-03-15"},
        {&types__month__descriptor, TYPED_MONTH, "un mois, comme 2026-11"},
        {&types__instant__descriptor, "un instant, comme 2026-11-22T14:50:03.120Z", "un instant, en temps universel"},
        {&types__hours__descriptor, TYPED_HOURS, "des heures, comme 151.67"},
        {&types__money__descriptor, TYPED_MONEY, "un montant en euros, comme 8450.20"},
        {&types__share__descriptor, TYPED_SHARE, "une part, comme 0.05"},
        {&types__decimal__descriptor, "un nombre", "un nombre"},
};

static const char *const kind_words[] = {
        [TEXT_FREE] = "un texte",
        [TEXT_SIRET] = "un SIRET (14 chiffres)",
        [TEXT_SIRET_SOUGHT] = "un SIRET (14 chiffres)",
        [TEXT_SIRET_OR_SIREN] = "un SIRET (14 chiffres) ou un SIREN (9)",
        [TEXT_MAIL_ADDRESS] = "une adresse électronique",
        [TEXT_TERRITORY] = "un département, comme 31",
        [TEXT_TERRITORIES] = "un département, comme 31, ou * pour tous",
        [TEXT_COMMUNE] = "une commune, par son code INSEE, comme 31555",
        [TEXT_ROME] = "un code ROME, comme F1606",
        [TEXT_CPV_PREFIX] = "les premiers chiffres d'un code CPV, comme 45442100",
        [TEXT_PHONE] = "un numéro de téléphone",
        [TEXT_PERSON_NAME] = "un nom",
        [TEXT_ACCOUNT] = "le nom d'un compte",
};

static const char *form_kind(struct describing *d, const ProtobufCFieldDescriptor *field, const struct json_form *form)
{
        const char *how = find_how(field->name);
        if (form->type == &types__id__descriptor && !d->is_answer && how != NULL)
                return arena_printf(&d->arena, "un identifiant, ou %s", how);
        for (size_t i = 0; i < ARRAY_SIZE(form_words); i++)
                if (form_words[i].type == form->type)
                        return d->is_answer ? form_words[i].answered : form_words[i].asked;
        return form->remedy;
}

static const char *kind_of(struct describing *d, const ProtobufCFieldDescriptor *field, const struct field_rule *rule)
{
        const struct json_form *form;
        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: return "true ou false";
        case PROTOBUF_C_TYPE_BYTES: return "des octets, en base64";
        case PROTOBUF_C_TYPE_ENUM: return "l'une de ces valeurs";
        case PROTOBUF_C_TYPE_STRING:
                if (rule->codes != NULL && !d->is_answer)
                        return arena_printf(&d->arena, "un code de la liste « %s »", rule->codes);
                return kind_words[rule->kind] != NULL ? kind_words[rule->kind] : "un texte";
        case PROTOBUF_C_TYPE_MESSAGE:
                form = json_form_of(field->descriptor);
                return form != NULL ? form_kind(d, field, form) : "un objet";
        default: return "un nombre entier";
        }
}

static const char *bound_text(struct describing *d, const ProtobufCFieldDescriptor *field, int64_t bound)
{
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &types__hours__descriptor)
                return french_hours(&d->arena, hours_of_hundredths(bound));
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &types__money__descriptor)
                return french_money(&d->arena, money_of_cents(bound));
        return arena_printf(&d->arena, "%lld", (long long)bound);
}

static void print_limits(struct describing *d, const ProtobufCFieldDescriptor *field, const struct field_rule *rule)
{
        if (field->type == PROTOBUF_C_TYPE_STRING && rule->codes == NULL && rule->kind <= TEXT_FREE)
                (void)printf(" ; %u caractères au plus", rule->characters_max);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                (void)printf(" ; liste, %u au plus", rule->count_max);
        if (rule->least != 0 || rule->most != 0)
                (void)printf(" ; de %s", bound_text(d, field, rule->least));
        if (rule->most != 0 && rule->most != FIELD_NO_MOST)
                (void)printf(" à %s", bound_text(d, field, rule->most));
        else if (rule->most == FIELD_NO_MOST)
                (void)fputs(" au moins", stdout);
        if (rule->day == DAY_PAST)
                (void)fputs(" ; aujourd'hui au plus tard", stdout);
        if (rule->day == DAY_NEAR)
                (void)fputs(" ; d'il y a dix ans au plus à dans deux ans", stdout);
}

/* ---- values */

static void print_value(int indent, const char *name, const char *french)
{
        (void)printf("%*s", indent + 2 * INDENT, "");
        print_cell(name, NAME_WIDTH);
        (void)printf(" %s\n", french == NULL ? "" : french);
}

static void print_values(const ProtobufCEnumDescriptor *type, int indent)
{
        for (unsigned i = 0; i < type->n_values; i++)
                if (type->values[i].value != 0)
                        print_value(indent, type->values[i].name, french_value(type, type->values[i].value));
}

static void print_codes(const struct describing *d, const char *name, int indent)
{
        const struct code_list *list = d->codes == NULL ? NULL : codes_list(d->codes, name);
        size_t shown = 0, left = 0;
        for (size_t i = 0; list != NULL && i < list->count; i++) {
                if (!code_counts(&list->codes[i], d->today))
                        continue;
                if (shown == CODES_SHOWN) {
                        left++;
                        continue;
                }
                print_value(indent, list->codes[i].code, list->codes[i].label);
                shown++;
        }
        if (left > 0)
                (void)printf("%*s… et %zu autres\n", indent + 2 * INDENT, "", left);
}

/* ---- fields */

static void print_fields(struct describing *d, const ProtobufCMessageDescriptor *type, int depth);

/* False: it was told before. */
static bool is_new(struct describing *d, const void *type)
{
        if (d->told_count == TYPES_MAX)
                return false;
        for (size_t i = 0; i < d->told_count; i++)
                if (d->told[i] == type)
                        return false;
        d->told[d->told_count++] = type;
        return true;
}

static void print_field(struct describing *d, const ProtobufCFieldDescriptor *field, int depth)
{
        const struct field_rule *rule = field_rule(field);
        char json_name[PATH_NAME_SIZE], name[PATH_NAME_SIZE + 2], title[LABEL_SIZE];
        int indent = INDENT + depth * INDENT;
        bool must_be_there = rule->presence == PRESENCE_REQUIRED && !d->is_answer;
        path_json_name(field->name, json_name);
        (void)snprintf(name, sizeof(name), "%s%s", json_name, must_be_there ? " *" : "");
        (void)printf("%*s", indent, "");
        print_cell(name, NAME_WIDTH);
        if (rule->label != NULL && !d->is_answer) {
                label_title(rule->label, title);
                (void)printf(" %s ;", title);
        }
        (void)printf(" %s%s", field->label == PROTOBUF_C_LABEL_REPEATED && d->is_answer ? "liste : " : "",
                     kind_of(d, field, rule));
        if (!d->is_answer)
                print_limits(d, field, rule);
        if (rule->help != NULL && !d->is_answer && field->type != PROTOBUF_C_TYPE_ENUM) /* its values follow */
                (void)printf(" (%s)", rule->help);
        (void)putchar('\n');
        if (field->type == PROTOBUF_C_TYPE_ENUM && is_new(d, field->descriptor))
                print_values(field->descriptor, indent);
        if (field->type == PROTOBUF_C_TYPE_STRING && rule->codes != NULL && !d->is_answer)
                print_codes(d, rule->codes, indent);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && json_form_of(field->descriptor) == NULL)
                print_fields(d, field->descriptor, depth + 1);
}

static void print_fields(struct describing *d, const ProtobufCMessageDescriptor *type, int depth)
{
        if (type->n_fields == 0)
                (void)printf("%*saucun\n", INDENT + depth * INDENT, "");
        if (depth > 0 && (depth >= DEPTH_MAX || !is_new(d, type))) {
                (void)printf("%*s(voir plus haut, ou « guichetctl describe --openapi »)\n", INDENT + depth * INDENT,
                             "");
                return;
        }
        for (unsigned i = 0; i < type->n_fields; i++)
                print_field(d, &type->fields[i], depth);
}

/* ---- an example */

static void print_example(const struct describing *d, const char *qualified_name, const struct catalogue_method *method)
{
        for (size_t i = 0; i < method_examples_count; i++)
                if (strcmp(method_examples[i].method, qualified_name) == 0) {
                        (void)printf("\nExemple :\n  %s\n", method_examples[i].command);
                        return;
                }
        json_t *json = example_request(method->method->input, d->codes, d->today);
        char *text = json_dumps(json, 0);
        uint32_t roles = roles_of_method(qualified_name);
        const char *as = "OPERATOR";
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++)
                if ((roles & 1u << types__role__descriptor.values[i].value) != 0) {
                        as = types__role__descriptor.values[i].name;
                        break;
                }
        (void)printf("\nExemple, à compléter :\n  guichetctl call %s %s --as %s '%s'\n", method->service->name,
                     method->method->name, as, text == NULL ? "{}" : text);
        free(text);
        json_decref(json);
}

void describe_method(const char *qualified_name, const struct catalogue_method *method, const struct code_lists *codes,
                     struct day today)
{
        struct describing d = {.codes = codes, .today = today};
        char roles[FRENCH_ROLES_SIZE];
        const char *french = french_method(qualified_name);
        french_roles(roles_of_method(qualified_name), roles);
        (void)printf("%s (%s)\n%s.\nQui le peut : %s.\n\nChamps de la demande (* : il le faut) :\n", qualified_name,
                     method->is_command ? "commande" : "question", french == NULL ? "" : french, roles);
        print_fields(&d, method->method->input, 0);
        (void)puts("\nRéponse :");
        d.is_answer = true;
        d.told_count = 0;
        print_fields(&d, method->method->output, DEPTH_MAX - 2);
        print_example(&d, qualified_name, method);
        arena_fini(&d.arena);
}
