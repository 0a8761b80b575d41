/* Steps 1 and 2 of the journey: what others published. */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "services/ctl/demo.h"
#include "services/ctl/import.h"
#include "services/ctl/journey_steps.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"

typedef enum import_end (*import_file_f)(struct session *session, const char *path, FILE *rejects,
                                         struct import_figures *figures);

static const char *const contract_files[] = {
        "decp/real_2022/dematis_2024-07/*.json",
        "decp/real_2022/megalis/*.json",
        "decp/real_2019/*.json",
        "decp/real_2019/*.json.xz",
};
static const char *const partner_files[] = {
        "structures/siae_lemarche_*.json",
        "structures/prescripteurs_itou_*.json",
        "structures/missions_locales_referentiel_*.json",
        "data-inclusion/samples/structures_v1_*.json",
};

/* A file that is no list of contracts is told and passed over: a directory of real data holds all sorts. */
static size_t import_pattern(struct journey *journey, const char *pattern, import_file_f import, FILE *rejects,
                             struct import_figures *figures)
{
        char path[CTL_PATH_SIZE];
        glob_t found;
        size_t done = 0;
        (void)snprintf(path, sizeof(path), "%s/%s", journey->data, pattern);
        if (glob(path, 0, NULL, &found) != 0)
                return 0;
        for (size_t i = 0; i < found.gl_pathc; i++) {
                done += import(&journey->session, found.gl_pathv[i], rejects, figures) == IMPORT_READ;
                if (figures->why[0] != '\0')
                        (void)complain("%s : %s", found.gl_pathv[i], figures->why);
        }
        globfree(&found);
        return done;
}

static size_t import_patterns(struct journey *journey, const char *const *patterns, size_t count, import_file_f import,
                              struct import_figures *figures)
{
        char path[CTL_PATH_SIZE];
        size_t done = 0;
        (void)snprintf(path, sizeof(path), "%s/%s", journey->directory,
                       import == import_decp ? "rejets_contrats.jsonl" : "rejets_partenaires.jsonl");
        FILE *rejects = fopen(path, "we");
        if (rejects == NULL)
                return 0;
        session_act(&journey->session, TYPES__ROLE__OPERATOR, NULL, "*");
        for (size_t i = 0; i < count; i++)
                done += import_pattern(journey, patterns[i], import, rejects, figures);
        (void)fclose(rejects);
        if (figures->rejected + figures->refused > 0)
                (void)printf("  ce qui est écarté : %s\n", path);
        return done;
}

bool journey_import_contracts(struct journey *journey)
{
        struct import_figures figures = {0};
        struct import_figures again = {0};
        journey_title("Étape 1. Les marchés publiés");
        if (journey->data == NULL) {
                struct demo_options demo = {.directory = journey->directory, .seed = 1};
                return demo_load(&journey->session, &demo);
        }
        if (import_patterns(journey, contract_files, ARRAY_SIZE(contract_files), import_decp, &figures) == 0)
                return complain("%s : aucun fichier de marchés (decp/real_2022, decp/real_2019).", journey->data) == 0;
        import_print_contracts(&figures);
        journey_check(journey, figures.created + figures.updated + figures.unchanged > 0, "des contrats sont gardés");
        journey_check(journey, figures.refused == 0, "le service n'en refuse aucun que la lecture a gardé");
        (void)import_pattern(journey, contract_files[0], import_decp, NULL, &again);
        journey_check(journey, again.created == 0 && again.updated == 0,
                      "relire les mêmes fichiers ne change rien (%llu inchangés)", (unsigned long long)again.unchanged);
        return true;
}

bool journey_import_partners(struct journey *journey)
{
        struct import_figures figures = {0};
        if (journey->data == NULL)
                return true;
        journey_title("\nÉtape 2. Les partenaires");
        if (import_patterns(journey, partner_files, ARRAY_SIZE(partner_files), import_partners, &figures) == 0)
                return complain("%s : aucun fichier de partenaires (structures).", journey->data) == 0;
        import_print_partners(&figures);
        journey_check(journey, figures.created + figures.updated + figures.unchanged > 0,
                      "des partenaires sont gardés");
        return true;
}
