#include "services/contracts/running/running_reading.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { FOLDED_SIZE = 256 };

/* ---- sums, which people write below or between their rows */

static bool begins_with(const char *cell, const char *word)
{
        char folded[FOLDED_SIZE];
        text_fold(cell, folded, sizeof(folded));
        return strncmp(folded, word, strlen(word)) == 0;
}

static bool is_sum_word(const char *cell)
{
        static const char *const words[] = {"total", "soustotal", "somme", "cumul"};
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (begins_with(cell, words[i]))
                        return true;
        return false;
}

/* "Total" stands in the number, the month or the person; without a number it may stand in any text ("TotalEnergies" is
 * no sum where there is one). */
static bool is_sum(const struct row_reading *r)
{
        static const int anywhere[] = {RUNNING_NUMBER, RUNNING_MONTH, RUNNING_PERSON};
        static const int others[] = {RUNNING_OBJECT, RUNNING_BUYER,  RUNNING_BUYER_NAME,
                                     RUNNING_LOT,    RUNNING_HOLDER, RUNNING_HOLDER_NAME};
        for (size_t i = 0; i < ARRAY_SIZE(anywhere); i++) {
                const char *cell = row_cell(r, anywhere[i]);
                if (cell != NULL && is_sum_word(cell))
                        return true;
        }
        for (size_t i = 0; row_cell(r, RUNNING_NUMBER) == NULL && i < ARRAY_SIZE(others); i++) {
                const char *cell = row_cell(r, others[i]);
                if (cell != NULL && is_sum_word(cell))
                        return true;
        }
        return false;
}

/* ---- cells */

static const char *read_siret(struct row_reading *r, int field)
{
        char *siret = arena_alloc(r->arena, CELL_SIRET_SIZE), *cell = row_cell(r, field);
        const char *wrong = NULL;
        if (cell == NULL)
                return "";
        switch (cell_siret(cell, siret)) {
        case CELL_SIRET_GOOD: return siret;
        case CELL_SIRET_EXPONENT:
                wrong = "Le tableur a abrégé ce SIRET et en a perdu les derniers chiffres : mettez la colonne en texte, "
                        "puis recopiez les 14 chiffres.";
                break;
        case CELL_SIRET_ZERO_LOST:
                wrong = "Ce SIRET n'a que 13 chiffres, et n'est pas juste avec un zéro devant : recopiez ses 14 "
                        "chiffres.";
                break;
        case CELL_SIRET_WRONG_KEY: wrong = "Les clés de ce SIRET sont fausses : recopiez ses 14 chiffres."; break;
        case CELL_SIRET_OTHER: wrong = "SIRET non compris : écrivez ses 14 chiffres."; break;
        }
        row_wrong(r, field, cell, wrong);
        return "";
}

static Types__Day *read_day(struct row_reading *r, int field)
{
        char *cell = row_cell(r, field);
        struct day day;
        if (cell == NULL)
                return NULL;
        if (cell_day(cell, &day))
                return day_to(r->arena, day);
        row_wrong(r, field, cell, "Date non comprise : écrivez « 15/03/2026 », ou « 15 mars 2026 ».");
        return NULL;
}

static uint32_t read_duration(struct row_reading *r)
{
        char *cell = row_cell(r, RUNNING_DURATION);
        uint32_t months = 0;
        if (cell != NULL && !cell_months(cell, &months))
                row_wrong(r, RUNNING_DURATION, cell, "Durée non comprise : écrivez « 24 mois », ou « 2 ans ».");
        return months;
}

static Types__Money *read_amount(struct row_reading *r)
{
        char *cell = row_cell(r, RUNNING_AMOUNT);
        struct money amount;
        if (cell == NULL)
                return NULL;
        if (cell_amount(cell, &amount))
                return money_to(r->arena, amount);
        row_wrong(r, RUNNING_AMOUNT, cell, "Montant non compris : écrivez « 1 200 000 € », hors taxes.");
        return NULL;
}

static const char *read_territory(struct row_reading *r)
{
        char *territory = arena_alloc(r->arena, TERRITORY_TEXT_SIZE), *cell = row_cell(r, RUNNING_TERRITORY);
        if (cell == NULL)
                return "";
        if (cell_territory(cell, territory))
                return territory;
        row_wrong(r, RUNNING_TERRITORY, cell, "Département non compris : écrivez son numéro, comme « 31 ».");
        return "";
}

static const char *read_cpv(struct row_reading *r)
{
        char *cpv = arena_alloc(r->arena, CELL_CPV_SIZE), *cell = row_cell(r, RUNNING_CPV);
        if (cell == NULL)
                return "";
        if (cell_cpv(cell, cpv))
                return cpv;
        row_wrong(r, RUNNING_CPV, cell, "Code CPV non compris : écrivez ses huit chiffres, comme « 45210000 ».");
        return "";
}

static uint32_t read_lot(struct row_reading *r)
{
        char *cell = row_cell(r, RUNNING_LOT);
        uint32_t lot = 0;
        if (cell != NULL && !cell_lot(cell, &lot))
                row_wrong(r, RUNNING_LOT, cell, "Lot non compris : écrivez son numéro, comme « 2 » ou « Lot 2 ».");
        return lot;
}

static Types__Hours *read_owed(struct row_reading *r)
{
        char *cell = row_cell(r, RUNNING_OWED);
        struct hours hours;
        if (cell == NULL)
                return NULL;
        if (cell_hours_in_all(cell, &hours))
                return hours_to(r->arena, hours);
        row_wrong(r, RUNNING_OWED, cell, "Heures dues non comprises : écrivez « 1 820 », ou « 1 820,5 ».");
        return NULL;
}

/* The code of a value, -1: not told, or not understood, which is said. */
static int read_value(struct row_reading *r, const struct running_reading *reading, int field,
                      const ProtobufCEnumDescriptor *type, const char *wrong)
{
        char *cell = row_cell(r, field);
        const char *name = cell == NULL ? NULL : words_value(reading->words, cell);
        const ProtobufCEnumValue *value =
                name == NULL ? NULL : protobuf_c_enum_descriptor_get_value_by_name(type, name);
        if (cell != NULL && value == NULL)
                row_wrong(r, field, cell, wrong);
        return value == NULL ? -1 : value->value;
}

static Types__Modality read_modality(struct row_reading *r, const struct running_reading *reading)
{
        int value = read_value(r, reading, RUNNING_MODALITY, &types__modality__descriptor,
                               "Modalité non comprise : écrivez « embauche directe », « mise à disposition » ou « "
                               "sous-traitance ».");
        return value < 0 ? TYPES__MODALITY__MODALITY_UNKNOWN : (Types__Modality)value;
}

/* ---- hours */

static Contracts__HoursSoFar *add_hours(struct running_row *row, struct month month, struct hours hours, size_t column)
{
        struct arena *arena = row->cells.arena;
        Contracts__HoursSoFar *told = pb_new(&contracts__hours_so_far__descriptor, arena);
        told->month = month_to(arena, month);
        told->hours = hours_to(arena, hours);
        row->hours = pb_append(row->hours, &row->hours_count, sizeof(*row->hours), arena);
        row->hours[row->hours_count - 1] = (struct running_hours){told, column};
        return told;
}

static void read_month(struct running_row *row)
{
        struct row_reading *r = &row->cells;
        char *month_cell = row_cell(r, RUNNING_MONTH), *hours_cell = row_cell(r, RUNNING_HOURS);
        struct month month = {0};
        struct hours hours = {0};

        if (month_cell == NULL && hours_cell == NULL)
                return;
        if (hours_cell == NULL)
                row_wrong(r, RUNNING_HOURS, "", "Les heures de ce mois manquent : écrivez-les, ou retirez le mois.");
        else if (!cell_hours(hours_cell, &hours) && !cell_hours_in_all(hours_cell, &hours))
                row_wrong(r, RUNNING_HOURS, hours_cell, "Heures non comprises : écrivez « 151,67 », ou « 151h40 ».");
        if (month_cell == NULL)
                row_wrong(r, RUNNING_MONTH, "", "Le mois de ces heures manque : écrivez « 11/2026 ».");
        else if (!cell_month(month_cell, &month))
                row_wrong(r, RUNNING_MONTH, month_cell,
                          "Mois non compris : écrivez « 11/2026 », ou « novembre 2026 », avec l'année.");
        if (r->error_count == 0)
                (void)add_hours(row, month, hours, (size_t)r->list->columns->of[RUNNING_HOURS]);
}

static bool says_nothing(const char *cell)
{
        char folded[FOLDED_SIZE];
        text_fold(cell, folded, sizeof(folded));
        return folded[0] == '\0';
}

static void read_month_columns(struct running_row *row, const struct running_reading *reading)
{
        struct row_reading *r = &row->cells;
        for (size_t i = 0; i < reading->months.count; i++) {
                size_t column = reading->months.at[i].column;
                const char *cell = column < r->row->n_cells ? r->row->cells[column] : "";
                struct hours hours;
                if (says_nothing(cell))
                        continue;
                if (cell_hours(cell, &hours) || cell_hours_in_all(cell, &hours)) {
                        (void)add_hours(row, reading->months.at[i].month, hours, column);
                        continue;
                }
                r->errors = pb_append(r->errors, &r->error_count, sizeof(*r->errors), r->arena);
                r->errors[r->error_count - 1] =
                        row_error(r->list->columns->header[column], cell,
                                  "Heures non comprises : écrivez « 151,67 », ou « 151h40 ».", r->arena);
        }
}

/* Of whom, where, and how, in all the months of the row. */
static void read_hours(struct running_row *row, const struct running_reading *reading)
{
        struct row_reading *r = &row->cells;
        read_month(row);
        read_month_columns(row, reading);
        Types__Modality modality = read_modality(r, reading);
        char *structure = (char *)(uintptr_t)read_siret(r, RUNNING_STRUCTURE);
        char *person = row_text(r, RUNNING_PERSON);
        for (size_t i = 0; i < row->hours_count; i++) {
                row->hours[i].told->modality = modality;
                row->hours[i].told->structure_siret = structure;
                row->hours[i].told->person = person;
        }
}

/* ---- the whole row */

static void read_case(struct running_row *row, const struct running_reading *reading)
{
        struct row_reading *r = &row->cells;
        int ground = read_value(r, reading, RUNNING_CASE, &contracts__case_ground__descriptor,
                                "Motif de dossier non compris : écrivez « relevé en retard », « document manquant », « "
                                "avancement insuffisant », « heures non réalisées » ou « engagement non tenu ».");
        row->ground = ground < 0 ? CONTRACTS__CASE_GROUND__CASE_GROUND_UNKNOWN : (Contracts__CaseGround)ground;
        row->case_on = read_day(r, RUNNING_CASE_ON);
        row->case_period = read_day(r, RUNNING_CASE_PERIOD);
        if (row_cell(r, RUNNING_CASE) == NULL && (row->case_on != NULL || row->case_period != NULL))
                row_wrong(r, RUNNING_CASE, "", "Le motif du dossier de contrôle manque : écrivez-le.");
        if (row_cell(r, RUNNING_CASE) != NULL && row_cell(r, RUNNING_CASE_ON) == NULL)
                row_wrong(r, RUNNING_CASE_ON, "",
                          "Le jour où le dossier de contrôle a été ouvert manque : écrivez-le.");
}

static void read_contract(struct running_row *row, const struct running_reading *reading)
{
        struct row_reading *r = &row->cells;
        row->number = row_text(r, RUNNING_NUMBER);
        if (row->number[0] == '\0')
                row_wrong(r, RUNNING_NUMBER, "",
                          "Le numéro du contrat manque : écrivez-le à chaque ligne, une ligne vide ne suit pas celle "
                          "d'au-dessus.");
        row->buyer_siret = read_siret(r, RUNNING_BUYER);
        if (row_cell(r, RUNNING_BUYER) == NULL) {
                row->buyer_siret = reading->buyer_siret;
                if (text_is_empty(reading->buyer_siret))
                        row_wrong(r, RUNNING_BUYER, "",
                                  "Le SIRET de l'acheteur manque : écrivez-le à chaque ligne, ou donnez-le pour toute "
                                  "la liste.");
        }
        row->buyer_name = row_text(r, RUNNING_BUYER_NAME);
        row->object = row_text(r, RUNNING_OBJECT);
        row->cpv = read_cpv(r);
        row->amount = read_amount(r);
        row->notified_on = read_day(r, RUNNING_NOTIFIED);
        row->starts_on = read_day(r, RUNNING_STARTS);
        row->ends_on = read_day(r, RUNNING_ENDS);
        row->duration_months = read_duration(r);
        row->territory = read_territory(r);
}

struct running_row running_read(const struct running_reading *reading, const Types__ListRow *from, struct arena *arena)
{
        struct running_row row = {.cells = row_begin(&reading->rows, from, arena), .number = "", .buyer_siret = ""};
        size_t in_months = 0;
        for (size_t i = 0; i < reading->months.count; i++)
                in_months += reading->months.at[i].column < from->n_cells &&
                             !says_nothing(from->cells[reading->months.at[i].column]);
        row.is_empty = row_count_told(&row.cells) + in_months == 0 || is_sum(&row.cells);
        if (row.is_empty)
                return row;
        read_contract(&row, reading);
        row.lot = read_lot(&row.cells);
        row.holder_siret = read_siret(&row.cells, RUNNING_HOLDER);
        row.holder_name = row_text(&row.cells, RUNNING_HOLDER_NAME);
        row.owed = read_owed(&row.cells);
        read_hours(&row, reading);
        read_case(&row, reading);
        return row;
}

/* ---- what the single commands refuse */

static int field_of(const char *command, const char *refused)
{
        static const struct {
                const char *command, *field;
                int is;
        } fields[] = {
                {"OpenContract", "number", RUNNING_NUMBER},
                {"OpenContract", "buyer_siret", RUNNING_BUYER},
                {"OpenContract", "buyer_name", RUNNING_BUYER_NAME},
                {"OpenContract", "object", RUNNING_OBJECT},
                {"OpenContract", "cpv", RUNNING_CPV},
                {"OpenContract", "amount", RUNNING_AMOUNT},
                {"OpenContract", "duration_months", RUNNING_DURATION},
                {"OpenContract", "notified_on", RUNNING_NOTIFIED},
                {"OpenContract", "starts_on", RUNNING_STARTS},
                {"OpenContract", "territories", RUNNING_TERRITORY},
                {"PutClause", "lot", RUNNING_LOT},
                {"PutClause", "territories", RUNNING_TERRITORY},
                {"PutClause", "calibration", RUNNING_OWED},
                {"RecordObligation", "hours", RUNNING_OWED},
                {"RecordObligation", "contractor_siret", RUNNING_HOLDER},
                {"RecordObligation", "contractor_name", RUNNING_HOLDER_NAME},
                {"TakeOverHours", "month", RUNNING_MONTH},
                {"TakeOverHours", "hours", RUNNING_HOURS},
                {"TakeOverHours", "modality", RUNNING_MODALITY},
                {"TakeOverHours", "structure_siret", RUNNING_STRUCTURE},
                {"TakeOverHours", "person", RUNNING_PERSON},
                {"OpenCase", "ground", RUNNING_CASE},
                {"OpenCase", "opened_on", RUNNING_CASE_ON},
                {"OpenCase", "period_end", RUNNING_CASE_PERIOD},
        };
        const char *dot = strrchr(refused, '.');
        const char *last = dot == NULL ? refused : dot + 1;
        for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
                if (strcmp(fields[i].command, command) == 0 && words_equal(fields[i].field, last))
                        return fields[i].is;
        return RUNNING_NUMBER;
}

void running_refuse(struct running_row *row, const char *command, const struct refusal *refusal)
{
        struct row_reading *r = &row->cells;
        int named = field_of(command, refusal->field);
        if (named == RUNNING_DURATION && row_cell(r, named) == NULL) /* the end tells it */
                named = RUNNING_ENDS;
        if (named == RUNNING_STARTS && row_cell(r, named) == NULL) /* the notification does */
                named = RUNNING_NOTIFIED;
        int field = r->list->columns->of[named] >= 0 ? named : RUNNING_NUMBER;
        const char *cell = row_cell(r, field);
        row_wrong(r, field, cell == NULL ? "" : cell, refusal->text);
}

void running_refuse_hours(struct running_row *row, size_t column, const struct refusal *refusal)
{
        struct row_reading *r = &row->cells;
        int named = field_of("TakeOverHours", refusal->field);
        bool is_of_column = named == RUNNING_NUMBER || named == RUNNING_MONTH || named == RUNNING_HOURS;
        if (!is_of_column || (int)column == r->list->columns->of[RUNNING_HOURS]) {
                running_refuse(row, "TakeOverHours", refusal);
                return;
        }
        r->errors = pb_append(r->errors, &r->error_count, sizeof(*r->errors), r->arena);
        r->errors[r->error_count - 1] =
                row_error(r->list->columns->header[column], r->row->cells[column], refusal->text, r->arena);
}
