#include "services/contracts/programming/line_reading.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/import/cells.h"
#include "services/contracts/programming/place_cell.h"

enum { FOLDED_SIZE = 256, CONTAINED_MIN = 5 };

#define FIELD(NAME) CONTRACTS__PROGRAMME_FIELD__COLUMN_##NAME

struct reading {
        const struct list_reading *list;
        struct row_reading row;
        struct arena *arena;
};

static char *cell_of(struct reading *r, Contracts__ProgrammeField field)
{
        return row_cell(&r->row, (int)field);
}

static void wrong(struct reading *r, Contracts__ProgrammeField field, const char *cell, const char *text)
{
        row_wrong(&r->row, (int)field, cell, text);
}

static char *text_cell(struct reading *r, Contracts__ProgrammeField field)
{
        return row_text(&r->row, (int)field);
}

/* ---- fields */

static void read_amount(struct reading *r, Contracts__ProgrammeLine *line)
{
        struct money money;
        const char *cell = cell_of(r, FIELD(AMOUNT));
        if (cell == NULL)
                return;
        if (!cell_amount(cell, &money))
                wrong(r, FIELD(AMOUNT), cell,
                      "Montant non compris : écrivez un seul nombre, en euros HT, comme « 1 200 000 € » ou « 1,2 M€ "
                      "».");
        else if (money_cents(money) > 0) /* nothing costs 0 €: not told */
                line->amount = money_to(r->arena, money);
}

static void read_duration(struct reading *r, Contracts__ProgrammeLine *line)
{
        const char *cell = cell_of(r, FIELD(DURATION));
        if (cell != NULL && !cell_months(cell, &line->duration_months))
                wrong(r, FIELD(DURATION), cell,
                      "Durée non comprise : écrivez « 24 mois », « 2 ans » ou « 1 an reconductible 3 fois ».");
}

static void read_launch(struct reading *r, Contracts__ProgrammeLine *line)
{
        struct day day;
        char *cell = cell_of(r, FIELD(LAUNCH));
        if (cell == NULL)
                return;
        line->launch_text = cell;
        if (cell_day_number(cell, &day)) { /* nobody reads such a number */
                line->launch_text = arena_alloc(r->arena, DAY_TEXT_SIZE);
                day_format(day, line->launch_text);
        } else if (!cell_launch(cell, r->list->year, &day)) {
                wrong(r, FIELD(LAUNCH), cell,
                      "Date non comprise : écrivez « 15/03/2027 », « 03/2027 », « mars 2027 » ou « T2 2027 ».");
                return;
        }
        line->launch_on = day_to(r->arena, day);
}

static void read_cpv(struct reading *r, Contracts__ProgrammeLine *line)
{
        char cpv[CELL_CPV_SIZE];
        const char *cell = cell_of(r, FIELD(CPV));
        if (cell == NULL)
                return;
        if (cell_cpv(cell, cpv))
                line->cpv = arena_text(r->arena, cpv);
        else
                wrong(r, FIELD(CPV), cell, "Code CPV non compris : il a huit chiffres, comme « 45442100-8 ».");
}

static void read_nature(struct reading *r, Contracts__ProgrammeLine *line)
{
        const Contracts__ProgrammeWordsVersion *words = r->list->words;
        const char *cell = cell_of(r, FIELD(NATURE));
        line->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        if (cell == NULL)
                return;
        for (size_t i = 0; i < words->n_natures; i++)
                for (size_t j = 0; j < words->natures[i]->n_words; j++)
                        if (words_equal(words->natures[i]->words[j], cell)) {
                                line->nature = words->natures[i]->nature;
                                line->kind = words->natures[i]->kind;
                                return;
                        }
        wrong(r, FIELD(NATURE), cell,
              "Nature non comprise : écrivez « travaux », « fournitures », « services » ou "
              "« concession ».");
}

static void read_lots(struct reading *r, Contracts__ProgrammeLine *line)
{
        const char *cell = cell_of(r, FIELD(LOTS));
        if (cell != NULL && !cell_lots(cell, &line->lots))
                wrong(r, FIELD(LOTS), cell, "Nombre de lots non compris : écrivez « 3 », ou « lot unique ».");
}

static void read_defence(struct reading *r, Contracts__ProgrammeLine *line)
{
        bool defence = false;
        const char *cell = cell_of(r, FIELD(DEFENCE));
        if (cell != NULL && !cell_yes_no(cell, &defence))
                wrong(r, FIELD(DEFENCE), cell, "Réponse non comprise : écrivez « oui » ou « non ».");
        line->defence = defence;
}

static void read_place(struct reading *r, Contracts__ProgrammeLine *line)
{
        const char *cell = text_cell(r, FIELD(PLACE));
        if (cell[0] != '\0')
                line->place = cell_place(cell, r->arena);
}

/* ---- the consideration that the buyer already thinks of: kept as told, and recognised where it can be */

static bool names_consideration(const Contracts__SocialWords *row, const char *cell)
{
        char folded[FOLDED_SIZE];
        text_fold(cell, folded, sizeof(folded));
        for (size_t i = 0; i < row->n_words; i++) {
                char word[FOLDED_SIZE];
                text_fold(row->words[i], word, sizeof(word));
                bool same = strcmp(folded, word) == 0;
                bool within = row->social != CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL &&
                              strlen(word) >= CONTAINED_MIN && strstr(folded, word) != NULL;
                if (same || within)
                        return true;
        }
        return false;
}

static void read_consideration(struct reading *r, Contracts__ProgrammeLine *line)
{
        const Contracts__ProgrammeWordsVersion *words = r->list->words;
        line->consideration = text_cell(r, FIELD(CONSIDERATION));
        if (line->consideration[0] == '\0')
                return;
        for (size_t i = 0; i < words->n_social; i++) {
                if (!names_consideration(words->social[i], line->consideration))
                        continue;
                line->social = pb_append(line->social, &line->n_social, sizeof(*line->social), r->arena);
                line->social[line->n_social - 1] = words->social[i]->social;
                if (words->social[i]->social == CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL)
                        return; /* nothing stands beside it */
        }
}

/* ---- rows */

static void read_title(struct reading *r, Contracts__ProgrammeLine *line, size_t told)
{
        line->title = text_cell(r, FIELD(TITLE));
        if (line->title[0] == '\0')
                wrong(r, FIELD(TITLE), "", "L'intitulé manque : complétez-le, ou supprimez la ligne.");
        else if (told == 1 && row_count_columns(&r->row) > 1)
                wrong(r, FIELD(TITLE), line->title,
                      "Seul l'intitulé est rempli : si ce n'est pas un sous-titre de la liste, complétez la ligne.");
}

struct line_reading line_read(const struct list_reading *list, const Types__ListRow *row, struct arena *arena)
{
        const struct row_list rows = {list->columns, list->words->empty, list->words->n_empty};
        struct reading r = {.list = list, .row = row_begin(&rows, row, arena), .arena = arena};
        size_t told = row_count_told(&r.row);

        if (told == 0)
                return (struct line_reading){.is_empty = true};
        Contracts__ProgrammeLine *line = pb_new(&contracts__programme_line__descriptor, arena);
        line->reference = text_cell(&r, FIELD(REFERENCE));
        read_title(&r, line, told);
        read_place(&r, line);
        read_consideration(&r, line);
        char *contact = text_cell(&r, FIELD(CONTACT));
        bool is_line = r.row.error_count == 0; /* what it is called, and texts that can be kept */
        read_nature(&r, line);
        read_cpv(&r, line);
        read_amount(&r, line);
        read_duration(&r, line);
        read_launch(&r, line);
        read_lots(&r, line);
        read_defence(&r, line);
        line->to_mend = r.row.errors;
        line->n_to_mend = r.row.error_count;
        return (struct line_reading){
                .line = is_line ? line : NULL,
                .contact = contact,
                .errors = r.row.errors,
                .error_count = r.row.error_count,
        };
}
