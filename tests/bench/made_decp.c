#include "made_decp.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/siret.h"
#include "tests/lib/harness.h"

enum { BUYERS = 8000, HOLDERS = 45000, PER_MILLE = 1000, FIRST_DAY = 19724 /* 2024-01-02 */ };

struct maker {
        FILE *file;
        uint64_t state;
        size_t number;        /* of the contract that is being written, from 0 */
        int32_t published_on; /* one file is one day's publication */
};

/* ---- drawing */

static uint64_t draw(struct maker *maker)
{
        uint64_t z = maker->state += 0x9e3779b97f4a7c15u; /* splitmix64 */
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

static uint32_t below(struct maker *maker, uint32_t bound)
{
        return (uint32_t)(draw(maker) % bound);
}

static bool happens(struct maker *maker, uint32_t per_mille)
{
        return below(maker, PER_MILLE) < per_mille;
}

/* A value with how many in a thousand have it; the last of a table has all that remain. */
struct choice {
        uint32_t per_mille;
        const char *text;
};

static const char *choose(struct maker *maker, const struct choice *choices, size_t count)
{
        uint32_t at = below(maker, PER_MILLE);
        size_t i = 0;
        while (i + 1 < count && at >= choices[i].per_mille)
                at -= choices[i++].per_mille;
        return choices[i].text;
}
#define CHOOSE(maker, choices) choose(maker, choices, ARRAY_SIZE(choices))

/* A number between two quantiles of a table that goes from the least to the greatest in equal steps. */
static uint32_t spread(struct maker *maker, const uint32_t *quantiles, size_t count)
{
        size_t step = below(maker, (uint32_t)count - 1);
        uint32_t low = quantiles[step], high = quantiles[step + 1];
        return low + below(maker, high - low + 1);
}
#define SPREAD(maker, quantiles) spread(maker, quantiles, ARRAY_SIZE(quantiles))

/* ---- writing */

static void ATTR_FORMAT(2, 3) put(struct maker *maker, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        if (vfprintf(maker->file, format, arguments) < 0)
                harness_fail("the disk is full");
        va_end(arguments);
}

static void put_day(struct maker *maker, const char *key, int32_t days)
{
        char text[DAY_TEXT_SIZE];
        day_format(day_of_number(days), text);
        put(maker, "\"%s\":\"%s\"", key, text);
}

static void put_siret(struct maker *maker, uint32_t company)
{
        char text[SIRET_DIGITS + 1];
        siret_make(20000000u + company * 7919u % 70000000u, 10 + company % 90, text);
        put(maker, "\"%s\"", text);
}

/* Accents are escaped, as the platform does. */
static void put_object(struct maker *maker)
{
        static const char *const words[] = {
                "travaux",
                "de",
                "r\\u00e9novation",
                "du",
                "groupe",
                "scolaire",
                "fourniture",
                "et",
                "livraison",
                "entretien",
                "des",
                "espaces",
                "verts",
                "b\\u00e2timents",
                "communaux",
                "lot",
                "n\\u00b0",
                "gros",
                "\\u0153uvre",
                "menuiseries",
                "ext\\u00e9rieures",
                "plomberie",
                "chauffage",
                "\\u00e9lectricit\\u00e9",
                "peinture",
                "voirie",
                "r\\u00e9seaux",
                "divers",
                "prestations",
                "nettoyage",
                "locaux",
                "assurance",
                "ma\\u00eetrise",
                "restauration",
                "collective",
                "RESIDENCE",
                "LES",
                "TILLEULS",
                "logements",
                "pour",
        };
        static const uint32_t characters[] = {40, 70, 85, 100, 115, 132, 150, 172, 190, 208, 297};
        size_t wanted = SPREAD(maker, characters);
        put(maker, "\"objet\":\"March\\u00e9 %zu :", maker->number);
        for (size_t written = 16; written < wanted; written += 8)
                put(maker, " %s", words[below(maker, ARRAY_SIZE(words))]);
        put(maker, "\"");
}

static uint32_t draw_amount(struct maker *maker)
{
        static const uint32_t amounts[] = {1,      8000,   18000,  28000,  50000,  80000,
                                           130000, 242000, 400000, 709981, 5000000};
        return SPREAD(maker, amounts);
}

static uint32_t draw_months(struct maker *maker)
{
        static const uint32_t months[] = {1, 3, 6, 11, 12, 18, 19, 24, 36, 48, 60};
        return SPREAD(maker, months);
}

/* ---- the parts of a contract */

static const struct choice cpv[] = {
        {260, "45000000"}, {130, "45210000"}, {130, "45310000"}, {71, "55523100"}, {69, "80500000"}, {57, "71000000"},
        {40, "77310000"},  {40, "90910000"},  {40, "50000000"},  {40, "79000000"}, {40, "44000000"}, {0, "15000000"},
};

static void put_holders(struct maker *maker, const char *list, const char *wrapper)
{
        static const struct choice counts[] = {{924, "1"}, {25, "2"}, {19, "3"}, {17, "4"}, {9, "5"}, {0, "9"}};
        int count = CHOOSE(maker, counts)[0] - '0';
        put(maker, "\"%s\":[", list);
        for (int i = 0; i < count; i++) {
                put(maker, "%s{\"%s\":{\"typeIdentifiant\":\"SIRET\",\"id\":", i == 0 ? "" : ",", wrapper);
                put_siret(maker, BUYERS + below(maker, HOLDERS));
                put(maker, "}}");
        }
        put(maker, "]");
}

static void put_considerations(struct maker *maker)
{
        static const struct choice social[] = {
                {906, "Pas de consid\\u00e9ration sociale"},
                {43, "Clause sociale"},
                {27, "Crit\\u00e8re social"},
                {15, "Crit\\u00e8re social\",\"Clause sociale"},
                {0, "March\\u00e9 r\\u00e9serv\\u00e9"},
        };
        static const struct choice environmental[] = {
                {885, "Pas de consid\\u00e9ration environnementale"},
                {52, "Crit\\u00e8re environnemental"},
                {45, "Crit\\u00e8re environnemental\",\"Clause environnementale"},
                {0, "Clause environnementale"},
        };
        put(maker, "\"considerationsSociales\":{\"considerationSociale\":[\"%s\"]},", CHOOSE(maker, social));
        put(maker, "\"considerationsEnvironnementales\":{\"considerationEnvironnementale\":[\"%s\"]}",
            CHOOSE(maker, environmental));
}

static void put_modifications(struct maker *maker)
{
        static const struct choice counts[] = {{500, "1"}, {256, "2"}, {140, "3"}, {70, "4"}, {0, "7"}};
        int count = happens(maker, 110) ? CHOOSE(maker, counts)[0] - '0' : 0;
        for (int i = 0; i < count; i++) {
                put(maker, "%s{\"modification\":{", i == 0 ? ",\"modifications\":[" : ",");
                put_day(maker, "dateNotificationModification", maker->published_on - 90 * (count - i));
                put(maker, ",\"montant\":%u,\"id\":%d,", draw_amount(maker), i + 1);
                if (happens(maker, 160))
                        put(maker, "\"dureeMois\":%u,", draw_months(maker));
                put_day(maker, "datePublicationDonneesModification", maker->published_on - 30 * (count - i));
                put(maker, "}}%s", i + 1 == count ? "]" : "");
        }
}

static void put_subcontracts(struct maker *maker)
{
        static const struct choice counts[] = {{520, "1"}, {120, "2"}, {60, "3"}, {60, "4"}, {0, "9"}};
        int count = happens(maker, 65) ? CHOOSE(maker, counts)[0] - '0' : 0;
        for (int i = 0; i < count; i++) {
                put(maker, "%s{\"acteSousTraitance\":{\"sousTraitant\":{\"typeIdentifiant\":\"SIRET\",\"id\":",
                    i == 0 ? ",\"actesSousTraitance\":[" : ",");
                put_siret(maker, BUYERS + below(maker, HOLDERS));
                put(maker, "},\"dureeMois\":%u,\"montant\":%u,\"variationPrix\":\"R\\u00e9visable\",\"id\":%d,",
                    draw_months(maker), draw_amount(maker), i + 1);
                put_day(maker, "dateNotification", maker->published_on - 20);
                put(maker, ",");
                put_day(maker, "datePublicationDonnees", maker->published_on);
                put(maker, "}}%s", i + 1 == count ? "]" : "");
        }
}

static void put_place(struct maker *maker)
{
        static const struct choice kinds[] = {
                {776, "Code postal"}, {171, "Code d\\u00e9partement"}, {22, "Code commune"}, {0, "Code pays"}};
        const char *kind = CHOOSE(maker, kinds);
        uint32_t department = 1 + below(maker, 95);
        put(maker, "\"lieuExecution\":{\"code\":\"%02u%s\",\"typeCode\":\"%s\"}", department,
            kind[5] == 'd' ? "" : "400", kind);
}

static void put_choices_of_procedure(struct maker *maker)
{
        static const struct choice ccag[] = {{401, "Pas de CCAG"},
                                             {364, "Travaux"},
                                             {216, "Fournitures courantes et services"},
                                             {0, "Prestations intellectuelles"}};
        static const struct choice grouping[] = {{971, "Pas de groupement"}, {15, "Solidaire"}, {0, "Conjoint"}};
        static const struct choice modes[] = {{660, "Sans objet"}, {312, "Bons de commande"}, {0, "Tranches"}};
        static const struct choice prices[] = {{574, "D\\u00e9finitif r\\u00e9visable"},
                                               {238, "D\\u00e9finitif ferme"},
                                               {0, "D\\u00e9finitif actualisable"}};
        static const struct choice forms[] = {{592, "Forfaitaire"}, {357, "Unitaire"}, {0, "Mixte"}};
        bool framework = happens(maker, 171), advance = happens(maker, 76);
        put(maker, "\"formePrix\":\"%s\",\"attributionAvance\":%s,", CHOOSE(maker, forms), advance ? "true" : "false");
        if (advance)
                put(maker, "\"tauxAvance\":0.05,");
        put(maker, "\"offresRecues\":%u,\"marcheInnovant\":%s,", 1 + below(maker, 6),
            happens(maker, 20) ? "true" : "false");
        put(maker, "\"ccag\":\"%s\",\"sousTraitanceDeclaree\":%s,", CHOOSE(maker, ccag),
            happens(maker, 32) ? "true" : "false");
        put(maker, "\"typeGroupementOperateurs\":\"%s\",", CHOOSE(maker, grouping));
        put(maker, "\"modalitesExecution\":{\"modaliteExecution\":[\"%s\"]},", CHOOSE(maker, modes));
        put(maker, "\"techniques\":{\"technique\":[\"%s\"]},", framework ? "Accord-cadre" : "Sans objet");
        put(maker, "\"typesPrix\":{\"typePrix\":[\"%s\"]},", CHOOSE(maker, prices));
        if (framework)
                put(maker, "\"idAccordCadre\":\"AC%u\",", 1000 + below(maker, 90000));
}

/* ---- contracts */

static void put_market(struct maker *maker)
{
        static const struct choice procedures[] = {
                {730, "Proc\\u00e9dure adapt\\u00e9e"},
                {237, "Appel d'offres ouvert"},
                {17, "March\\u00e9 pass\\u00e9 sans publicit\\u00e9 ni mise en concurrence pr\\u00e9alable"},
                {0, "Proc\\u00e9dure avec n\\u00e9gociation"}};
        static const uint32_t lag_days[] = {0, 0, 2, 5, 11, 19, 30, 45, 70, 218, 900};
        put(maker, "{\"id\":\"2024-%06zu-%02u\",\"acheteur\":{\"id\":", maker->number, below(maker, 20));
        put_siret(maker, below(maker, 1 + below(maker, BUYERS))); /* few buyers publish much, many little */
        put(maker, "},\"nature\":\"March\\u00e9\",");
        put_object(maker);
        put(maker, ",\"codeCPV\":\"%s\",\"procedure\":\"%s\",", CHOOSE(maker, cpv), CHOOSE(maker, procedures));
        put_place(maker);
        put(maker, ",\"dureeMois\":%u,", draw_months(maker));
        put_day(maker, "dateNotification", maker->published_on - (int32_t)SPREAD(maker, lag_days));
        put(maker, ",");
        put_day(maker, "datePublicationDonnees", maker->published_on);
        put(maker, ",\"montant\":%u,", draw_amount(maker));
        put_choices_of_procedure(maker);
        put_holders(maker, "titulaires", "titulaire");
        put(maker, ",");
        put_considerations(maker);
        put_modifications(maker);
        put_subcontracts(maker);
        put(maker, "}");
}

static void put_concession(struct maker *maker)
{
        put(maker, "{\"id\":\"DSP-%06zu\",\"autoriteConcedante\":{\"id\":", maker->number);
        put_siret(maker, below(maker, BUYERS));
        put(maker, "},\"nature\":\"D\\u00e9l\\u00e9gation de service public\",");
        put_object(maker);
        put(maker, ",\"procedure\":\"Proc\\u00e9dure n\\u00e9goci\\u00e9e ouverte\",\"dureeMois\":%u,",
            draw_months(maker));
        put_day(maker, "dateSignature", maker->published_on - 30);
        put(maker, ",");
        put_day(maker, "datePublicationDonnees", maker->published_on);
        put(maker, ",");
        put_day(maker, "dateDebutExecution", maker->published_on);
        put(maker, ",\"valeurGlobale\":%u,\"montantSubventionPublique\":0,\"donneesExecution\":[],",
            draw_amount(maker));
        put_holders(maker, "concessionnaires", "concessionnaire");
        put(maker, ",");
        put_considerations(maker);
        put(maker, "}");
}

/* ---- files */

static void put_list(struct maker *maker, size_t count, void (*put_one)(struct maker *maker))
{
        for (size_t i = 0; i < count; i++) {
                put(maker, i == 0 ? "" : ",");
                put_one(maker);
                maker->number++;
        }
}

static void write_file(struct maker *maker, const char *path, size_t count)
{
        size_t concessions = count * 3 / PER_MILLE;
        maker->file = fopen(path, "we");
        if (maker->file == NULL)
                harness_fail("%s cannot be written", path);
        put(maker, "{\"marches\":{\"marche\":[");
        put_list(maker, count - concessions, put_market);
        put(maker, "],\"contrat-concession\":[");
        put_list(maker, concessions, put_concession);
        put(maker, "]}}");
        if (fclose(maker->file) != 0)
                harness_fail("%s: the disk is full", path);
}

struct made_file *made_decp(const char *directory, size_t count, size_t per_file, size_t *ret_files)
{
        size_t files = (count + per_file - 1) / per_file;
        struct made_file *made = calloc(files, sizeof(*made));
        struct maker maker = {.state = 42};
        if (made == NULL)
                harness_fail("out of memory");
        for (size_t i = 0; i < files; i++) {
                size_t left = count - i * per_file;
                (void)snprintf(made[i].path, sizeof(made[i].path), "%s/decp-%03zu.json", directory, i);
                maker.published_on = FIRST_DAY + (int32_t)i;
                write_file(&maker, made[i].path, left < per_file ? left : per_file);
        }
        *ret_files = files;
        return made;
}
