#include "services/directory/organisations/partners_list.h"

#include <stddef.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/validate.h"
#include "common/import/cells.h"
#include "directory/events.pb-c.h"
#include "services/directory/organisations/imports_rows.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/rules/context.h"

enum field {
        SIRET = 1,
        KIND,
        NAME,
        LEGAL_NAME,
        ADDRESS,
        POSTCODE,
        CITY,
        COMMUNE,
        TERRITORY,
        WEBSITE,
        EMAIL,
        PHONE,
        NAF,
        REFERENCE,
        FIELDS
};
static const char *const field_words[FIELDS] = {"",        "siret",    "kind",  "name",    "legal_name",
                                                "address", "postcode", "city",  "commune", "territory",
                                                "website", "email",    "phone", "naf",     "reference"};

/* ---- whose list */

/* Security: a facilitator gives the lists of her territories; operator and coordinator those of the region too. */
static bool may_give(const struct work *work, const struct partners_question *question, struct refusal *ret_refusal)
{
        const char *territory = question->territory;
        if (work->actor->role != TYPES__ROLE__FACILITATOR || passport_covers(work->actor, territory))
                return true;
        if (territory[0] == '\0')
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Indiquez le département où vous donnez cette liste, l'un des vôtres.");
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                      "Vous n'agissez pas dans le département %s : choisissez un des vôtres.", territory);
}

/* Two territories may each have a source that is called so: each has its own columns, files and batches. */
static const char *sender_of(const struct work *work, const struct partners_question *question)
{
        return question->territory[0] == '\0'
                       ? question->source
                       : arena_printf(work->arena, "%s, %s", question->source, question->territory);
}

static bool open_list(struct work *work, struct partners_list *list, struct refusal *ret_refusal)
{
        const struct partners_question *question = list->question;
        const struct intake_spec spec = {PARTNERS_LIST, directory_batches(), field_words, FIELDS};
        const struct intake_for given = {
                .spec = &spec,
                .sent = question->list,
                .sender = sender_of(work, question),
                .territory = question->territory,
                .words = dated_on(&directory_of(work)->partners_words, work->today),
        };
        const struct columns *columns = &list->intake.columns;
        return may_give(work, question, ret_refusal) && intake_open(work, &given, &list->intake, ret_refusal) &&
               (columns->of[SIRET] >= 0 ||
                columns_need(columns, REFERENCE, "le SIRET, ou votre référence", ret_refusal)) &&
               (question->kind != DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN ||
                columns_need(columns, KIND, "le type d'organisation", ret_refusal));
}

/* ---- the cells of a row */

struct reading {
        const struct partners_list *list;
        struct row_reading row;
        Directory__Organisation *key; /* what the row says of itself: kind, SIRET or reference */
        Directory__Organisation *organisation;
};

static void read_kind(struct reading *r)
{
        const char *cell = row_cell(&r->row, KIND), *code = cell == NULL ? NULL : intake_value(&r->list->intake, cell);
        const ProtobufCEnumValue *kind =
                code == NULL
                        ? NULL
                        : protobuf_c_enum_descriptor_get_value_by_name(&directory__organisation_kind__descriptor, code);
        r->key->kind = kind != NULL ? (Directory__OrganisationKind)kind->value : r->list->question->kind;
        if (cell != NULL && kind == NULL)
                row_wrong(&r->row, KIND, cell,
                          "Type d'organisation non compris : écrivez son sigle, comme ACI, EI, GEIQ ou "
                          "MISSION_LOCALE.");
        else if (r->key->kind == DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN)
                row_wrong(&r->row, KIND, "", "Le type d'organisation manque : écrivez son sigle, comme ACI ou EI.");
}

static void read_siret(struct reading *r)
{
        static const char *const texts[] = {
                [CELL_SIRET_EXPONENT] =
                        "Le tableur a coupé ce SIRET : mettez la colonne en texte et recopiez ses 14 chiffres.",
                [CELL_SIRET_ZERO_LOST] =
                        "Ce SIRET a perdu un zéro à gauche : mettez la colonne en texte et recopiez ses 14 chiffres.",
                [CELL_SIRET_WRONG_KEY] = "Les clés de ce SIRET ne sont pas justes : recopiez ses 14 chiffres.",
                [CELL_SIRET_OTHER] = "SIRET non compris : écrivez ses 14 chiffres.",
        };
        const char *cell = row_cell(&r->row, SIRET);
        char siret[CELL_SIRET_SIZE];
        enum cell_siret what = cell == NULL ? CELL_SIRET_OTHER : cell_siret(cell, siret);
        r->key->source = arena_text(r->row.arena, r->list->question->source);
        r->key->source_id = row_text(&r->row, REFERENCE);
        if (cell != NULL && what == CELL_SIRET_GOOD)
                r->key->siret = arena_text(r->row.arena, siret);
        else if (cell != NULL)
                row_wrong(&r->row, SIRET, cell, texts[what]);
        else if (r->key->source_id[0] == '\0')
                row_wrong(&r->row, r->list->intake.columns.of[SIRET] >= 0 ? SIRET : REFERENCE, "",
                          "Le SIRET manque : écrivez-le, ou la référence de l'organisation dans votre liste.");
}

/* What the directory has of the organisation that the row names, or a new one. */
static void begin_organisation(struct reading *r)
{
        const struct work *work = r->list->intake.work;
        const Directory__OrganisationView *known =
                store_find_organisation(work->txn, organisation_id(r->key, work->arena), work->arena);
        r->organisation = known == NULL ? r->key : known->organisation;
        if (strcmp(r->organisation->source, r->key->source) == 0 && r->key->source_id[0] != '\0')
                r->organisation->source_id = r->key->source_id;
}

/* A postcode or commune without the zero that the spreadsheet took off; "" where the row tells none. */
static const char *code_cell(struct reading *r, int field)
{
        char whole[COMMUNE_TEXT_SIZE];
        const char *cell = row_text(&r->row, field);
        return commune_with_zero(cell, whole) ? arena_text(r->row.arena, whole) : cell;
}

static void read_texts(struct reading *r)
{
        static const size_t members[FIELDS] = {
                [NAME] = offsetof(Directory__Organisation, name),
                [LEGAL_NAME] = offsetof(Directory__Organisation, legal_name),
                [ADDRESS] = offsetof(Directory__Organisation, address),
                [POSTCODE] = offsetof(Directory__Organisation, postcode),
                [CITY] = offsetof(Directory__Organisation, city),
                [COMMUNE] = offsetof(Directory__Organisation, commune),
                [WEBSITE] = offsetof(Directory__Organisation, website),
                [EMAIL] = offsetof(Directory__Organisation, email),
                [PHONE] = offsetof(Directory__Organisation, phone),
                [NAF] = offsetof(Directory__Organisation, naf),
        };
        for (int field = 1; field < FIELDS; field++) {
                char **member = (char **)(void *)((uint8_t *)r->organisation + members[field]);
                const char *cell = members[field] == 0                     ? ""
                                   : field == POSTCODE || field == COMMUNE ? code_cell(r, field)
                                                                           : row_text(&r->row, field);
                if (cell[0] != '\0')
                        *member = arena_text(r->row.arena, cell);
        }
}

/* Of the cell; of the place that the row tells; what the directory has; that of the list. */
static void read_territory(struct reading *r)
{
        const char *cell = row_cell(&r->row, TERRITORY);
        const char *commune = code_cell(r, COMMUNE), *postcode = code_cell(r, POSTCODE);
        char territory[TERRITORY_TEXT_SIZE] = "";
        if (cell != NULL && !cell_territory(cell, territory))
                row_wrong(&r->row, TERRITORY, cell, "Département non compris : écrivez son code, comme 31 ou 2A.");
        if (cell == NULL)
                territory_of_commune(commune, territory);
        if (cell == NULL && territory[0] == '\0')
                territory_of_postcode(postcode, territory);
        if (territory[0] != '\0')
                r->organisation->territory = arena_text(r->row.arena, territory);
        else if (r->organisation->territory[0] == '\0')
                r->organisation->territory = arena_text(r->row.arena, r->list->question->territory);
}

static void read_cells(struct reading *r)
{
        read_kind(r);
        read_siret(r);
        if (r->row.error_count > 0)
                r->organisation = r->key; /* the other cells are read too: all that is wrong is told at once */
        else
                begin_organisation(r);
        read_texts(r);
        read_territory(r);
}

/* ---- what it would do */

/* Whether the organisation as it stands was put by a list of the same sender, which may correct it. */
static bool is_of_sender(const struct intake *intake, const struct putting *putting)
{
        const Directory__Event *event =
                batch_told(intake->work, putting->before->version, &directory__event__descriptor, NULL);
        return event->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_PUT &&
               intake_is_of_sender(intake, event->organisation_put->batch_id);
}

static Types__RowOutcome outcome_of(struct reading *r, struct putting *putting)
{
        const struct intake *intake = &r->list->intake;
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        struct refusal refusal;

        if (r->row.error_count > 0)
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        command.organisation = r->organisation;
        if (!validate_message(&command.base, intake->work->today, &refusal) ||
            !putting_may_be_made(intake->work, r->organisation, putting, &refusal)) {
                intake_refuse_row(intake, &r->row, &refusal, row_cell(&r->row, SIRET) != NULL ? SIRET : REFERENCE);
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        }
        switch (putting->outcome) {
        case DIRECTORY__PUT_OUTCOME__ADDED: return TYPES__ROW_OUTCOME__ROW_CREATED;
        case DIRECTORY__PUT_OUTCOME__SAME: return TYPES__ROW_OUTCOME__ROW_UNCHANGED;
        default:
                return is_of_sender(intake, putting) ? TYPES__ROW_OUTCOME__ROW_UPDATED
                                                     : TYPES__ROW_OUTCOME__ROW_DOUBTFUL;
        }
}

static void name_row(const struct reading *r, const struct putting *putting, struct judged *judged)
{
        char id[ID_TEXT_SIZE];
        judged->title = r->organisation->name;
        if (putting->organisation == NULL)
                return;
        id_format(putting->id, id);
        judged->id = id_to(r->row.arena, putting->id);
        judged->name = arena_text(r->row.arena, id);
        if (putting->before != NULL && putting->before->closed)
                judged->title = arena_printf(r->row.arena, "%s (fermée)", r->organisation->name);
}

static void judge_row(struct partners_list *list, size_t index)
{
        struct arena *arena = list->intake.work->arena;
        struct reading r = {
                .list = list,
                .row = row_begin(&list->intake.rows, list->intake.sent->rows[index], arena),
                .key = pb_new(&directory__organisation__descriptor, arena),
        };
        struct judged judged = {.outcome = TYPES__ROW_OUTCOME__ROW_EMPTY};
        if (row_count_told(&r.row) > 0) {
                read_cells(&r);
                judged.outcome = outcome_of(&r, &list->rows[index].putting);
                name_row(&r, &list->rows[index].putting, &judged);
        }
        judged.errors = r.row.errors;
        judged.error_count = r.row.error_count;
        list->rows[index].is_taken = intake_judge(&list->intake, index, &judged);
}

bool partners_list_judge(struct work *work, const struct partners_question *question, struct partners_list *ret,
                         struct refusal *ret_refusal)
{
        *ret = (struct partners_list){.question = question};
        if (!open_list(work, ret, ret_refusal))
                return false;
        size_t count = ret->intake.sent->n_rows;
        ret->rows = arena_zalloc(work->arena, (count + 1) * sizeof(*ret->rows));
        for (size_t i = 0; i < count; i++)
                judge_row(ret, i);
        return true;
}
