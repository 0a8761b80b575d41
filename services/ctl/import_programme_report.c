/* What the import of a programme tells. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/codec/types.h"
#include "services/ctl/import_programme.h"
#include "services/ctl/terminal.h"

enum {
        LABEL_WIDTH = 30,
        NUMBER_WIDTH = 8,
        TITLE_WIDTH = 44,
        AMOUNT_WIDTH = 16,
        DURATION_WIDTH = 10,
        COLUMN_WIDTH = 34
};

static const struct {
        const char *word, *label;
} fields[] = {
        {"reference", "référence"}, {"title", "intitulé"},
        {"cpv", "code CPV"},        {"amount", "montant estimé HT"},
        {"duration", "durée"},      {"launch", "lancement"},
        {"nature", "nature"},       {"place", "lieu"},
        {"lots", "nombre de lots"}, {"consideration", "considération sociale"},
        {"contact", "contact"},     {"defence", "défense ou sécurité"},
};

static const char *label_of(const char *word)
{
        for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
                if (strcmp(fields[i].word, word) == 0)
                        return fields[i].label;
        return "?";
}

void programme_print_columns(const struct table *table, const Types__ListReport *reply)
{
        (void)printf("Colonnes (%s, séparateur « %s ») :\n", table->encoding,
                     table->separator == '\t' ? "tabulation" : (const char[]){table->separator, '\0'});
        for (size_t i = 0; i < reply->n_mapping; i++) {
                (void)fputs("  ", stdout);
                print_cell(reply->mapping[i]->column, COLUMN_WIDTH);
                (void)printf(" → %s\n", label_of(reply->mapping[i]->field));
        }
        for (size_t i = 0; i < reply->n_unused_columns; i++) {
                (void)fputs("  ", stdout);
                print_cell(reply->unused_columns[i], COLUMN_WIDTH);
                (void)puts(" (laissée de côté)");
        }
}

static void print_line(const Contracts__ProgrammeLine *line, struct arena *arena)
{
        (void)fputs("  ", stdout);
        print_cell(line->title, TITLE_WIDTH);
        print_cell(line->amount == NULL ? "–" : french_money(arena, money_of(line->amount)), -AMOUNT_WIDTH);
        print_cell(line->duration_months == 0 ? "–" : arena_printf(arena, "%u mois", line->duration_months),
                   -DURATION_WIDTH);
        (void)printf("  %s\n", line->launch_on == NULL ? "–" : french_day(arena, day_of(line->launch_on)));
}

void programme_print_lines(Contracts__ProgrammeLine *const *lines, size_t count)
{
        scoped(arena_fini) struct arena arena = {0};
        for (size_t i = 0; i < count; i++)
                print_line(lines[i], &arena);
}

static void figure(const char *label, uint32_t number)
{
        char text[NUMBER_TEXT_SIZE];
        (void)fputs("  ", stdout);
        print_cell(label, LABEL_WIDTH);
        print_cell(number_text(number, text), -NUMBER_WIDTH);
        (void)putchar('\n');
}

void programme_print_figures(const struct programme_figures *figures, bool preview)
{
        (void)printf("Lignes du programme%s :\n", preview ? " (aperçu : rien n'est enregistré)" : "");
        figure("lues", figures->sent - figures->empty);
        figure("  nouvelles", figures->created);
        figure("  mises à jour", figures->updated);
        figure("  inchangées", figures->unchanged);
        figure("  écartées", figures->rejected);
}
