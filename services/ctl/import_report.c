/* What an import tells at its end. */
#include <stdio.h>

#include "services/ctl/import.h"
#include "services/ctl/terminal.h"
#include "directory/commands.pb-c.h"

enum { LABEL_WIDTH = 46, NUMBER_WIDTH = 10 };

static void line(const char *label, uint64_t number)
{
        char text[NUMBER_TEXT_SIZE];
        (void)fputs("  ", stdout);
        print_cell(label, LABEL_WIDTH);
        print_cell(number_text(number, text), -NUMBER_WIDTH);
        (void)putchar('\n');
}

static uint64_t kept_of(const struct import_figures *figures)
{
        return figures->created + figures->updated + figures->unchanged;
}

static void print_outcomes(const struct import_figures *figures, const char *what)
{
        (void)printf("%llu fichier(s)", (unsigned long long)figures->files);
        if (figures->unreadable > 0)
                (void)printf(", dont %llu illisible(s)", (unsigned long long)figures->unreadable);
        (void)printf(", %.1f s\n", (double)figures->duration_us / 1e6);
        (void)printf("%s :\n", what);
        line("lus", figures->read);
        line("gardés", kept_of(figures));
        line("  nouveaux", figures->created);
        line("  mis à jour", figures->updated);
        line("  inchangés", figures->unchanged);
        line("écartés à la lecture", figures->rejected);
        if (figures->refused > 0) {
                line("refusés par le service", figures->refused);
                (void)printf("    le premier : %s\n", figures->first_refusal);
        }
}

void import_print_file(const char *path, const char *what, const struct import_figures *before,
                       const struct import_figures *after)
{
        uint64_t read = after->read - before->read, kept = kept_of(after) - kept_of(before);
        (void)printf("%s : ", path);
        if (read > 0)
                (void)printf("%llu %s%s, dont %llu gardé%s%s", (unsigned long long)read, what, read > 1 ? "s" : "",
                             (unsigned long long)kept, kept > 1 ? "s" : "", after->why[0] != '\0' ? " ; " : "");
        else if (after->why[0] == '\0')
                (void)printf("aucun %s", what);
        (void)printf("%s%s\n", after->why[0] != '\0' ? "illisible : " : "", after->why);
}

/* `first`: where the first of each is; NULL: not told. */
static void print_notes(const char *title, const uint64_t *counts, const char (*first)[IMPORT_PLACE_SIZE])
{
        bool any = false;
        for (size_t i = 0; i < NOTE_CODES; i++) {
                if (counts[i] == 0)
                        continue;
                if (!any)
                        (void)printf("%s :\n", title);
                any = true;
                char text[NUMBER_TEXT_SIZE];
                (void)fputs("  ", stdout);
                print_cell(number_text(counts[i], text), -NUMBER_WIDTH);
                (void)printf("  %s\n", note_text((enum note_code)i));
                if (first != NULL && first[i][0] != '\0')
                        (void)printf("%*s  d'abord : %s\n", 2 + NUMBER_WIDTH, "", first[i]);
        }
}

static void print_remarks(const struct import_figures *figures)
{
        char text[NUMBER_TEXT_SIZE];
        if (figures->remarked == 0)
                return;
        (void)puts("Réserves du service sur ce qu'il garde :");
        (void)fputs("  ", stdout);
        print_cell(number_text(figures->remarked, text), -NUMBER_WIDTH);
        (void)printf("  la première : %s\n%*s  %s\n", figures->first_remark, 2 + NUMBER_WIDTH, "",
                     figures->first_remarked);
}

void import_print_contracts(const struct import_figures *figures)
{
        static const char *const labels[IMPORT_CONSIDERATIONS] = {
                "non renseigné", "clause sociale", "critère social", "marché réservé", "pas de considération sociale",
        };
        print_outcomes(figures, "Contrats");
        (void)puts("Considérations sociales des contrats gardés (un contrat peut en avoir deux) :");
        for (size_t i = 0; i < IMPORT_CONSIDERATIONS; i++)
                line(labels[i], figures->considerations[i]);
        print_notes("Motifs de rejet (éléments concernés)", figures->reasons, NULL);
        print_notes("Réserves sur des éléments gardés", figures->warnings, figures->first_warning);
        print_remarks(figures);
}

void import_print_partners(const struct import_figures *figures)
{
        print_outcomes(figures, "Partenaires");
        (void)puts("Partenaires gardés, par type :");
        for (int i = 0; i < IMPORT_KINDS; i++) {
                const ProtobufCEnumValue *kind =
                        protobuf_c_enum_descriptor_get_value(&directory__organisation_kind__descriptor, i);
                if (figures->kinds[i] > 0)
                        line(kind == NULL ? "?" : i == 0 ? "type non renseigné" : kind->name, figures->kinds[i]);
        }
        print_notes("Motifs de rejet (éléments concernés)", figures->reasons, NULL);
        print_notes("Réserves sur des éléments gardés", figures->warnings, figures->first_warning);
}
