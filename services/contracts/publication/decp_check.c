#include "services/contracts/publication/decp_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/decp_labels.h"
#include "common/codec/pb.h"

enum { NUMBER_CHARACTERS_MAX = 16, OBJECT_CHARACTERS_MAX = 1000, CENTS_MIN = 100, WORDS_MAX = 8 };

#define FIELD(name) offsetof(Contracts__ContractRecord, name)

static void ATTR_FORMAT(3, 4) problem(struct decp_problems *to, const char *field, const char *format, ...)
{
        char text[256];
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        Contracts__FieldProblem *one = pb_new(&contracts__field_problem__descriptor, to->arena);
        one->field = arena_text(to->arena, field);
        one->text = arena_text(to->arena, text);
        to->at = pb_append(to->at, &to->count, sizeof(*to->at), to->arena);
        to->at[to->count - 1] = one;
}

/* ---- words of the format */

struct words {
        const char *field;
        const char *label;
        size_t offset;                /* of a text */
        size_t count_offset;          /* of a list: where its length is; 0 for a text */
        const char *words[WORDS_MAX]; /* NULL-ended */
};

static const struct words market_words[] = {
        {"nature",
         "la nature",
         FIELD(nature),
         0,
         {"Marché", "Marché de partenariat", "Marché de défense ou de sécurité"}},
        {"procedure",
         "la procédure",
         FIELD(procedure),
         0,
         {"Procédure adaptée", "Appel d'offres ouvert", "Appel d'offres restreint", "Procédure avec négociation",
          "Marché passé sans publicité ni mise en concurrence préalable", "Dialogue compétitif"}},
        {"ccag",
         "le CCAG",
         FIELD(ccag),
         0,
         {"Travaux", "Maitrise d'œuvre", "Fournitures courantes et services", "Marchés industriels",
          "Prestations intellectuelles", "Techniques de l'information et de la communication", "Pas de CCAG"}},
        {"typeGroupementOperateurs",
         "le type de groupement",
         FIELD(grouping),
         0,
         {"Conjoint", "Solidaire", "Pas de groupement"}},
        {"formePrix", "la forme du prix", FIELD(price_form), 0, {"Unitaire", "Forfaitaire", "Mixte"}},
        {"typesPrix.typePrix",
         "le type de prix",
         FIELD(price_types),
         FIELD(n_price_types),
         {"Définitif ferme", "Définitif actualisable", "Définitif révisable", "Provisoire"}},
        {"techniques.technique",
         "la technique d'achat",
         FIELD(techniques),
         FIELD(n_techniques),
         {"Accord-cadre", "Concours", "Système de qualification", "Système d'acquisition dynamique",
          "Catalogue électronique", "Enchère électronique", "Sans objet"}},
        {"modalitesExecution.modaliteExecution",
         "la modalité d'exécution",
         FIELD(execution_modes),
         FIELD(n_execution_modes),
         {"Tranches", "Bons de commande", "Marchés subséquents", "Sans objet"}},
};
static const struct words concession_words[] = {
        {"nature",
         "la nature",
         FIELD(nature),
         0,
         {"Concession de travaux", "Concession de service", "Concession de service public",
          "Délégation de service public"}},
        {"procedure",
         "la procédure",
         FIELD(procedure),
         0,
         {"Procédure négociée ouverte", "Procédure non négociée ouverte", "Procédure négociée restreinte",
          "Procédure non négociée restreinte"}},
};

static bool is_word(const struct words *row, const char *text)
{
        for (size_t i = 0; i < WORDS_MAX && row->words[i] != NULL; i++)
                if (strcmp(row->words[i], text) == 0)
                        return true;
        return false;
}

static void check_word(struct decp_problems *to, const struct words *row, const char *text)
{
        if (text_is_empty(text))
                problem(to, row->field, "Donnez %s.", row->label);
        else if (!is_word(row, text))
                problem(to, row->field, "« %.80s » n'est pas un mot du format pour %s ; par exemple « %s ».", text,
                        row->label, row->words[0]);
}

static void check_words(struct decp_problems *to, const struct words *row, const Contracts__ContractRecord *record)
{
        const char *base = (const char *)record;
        if (row->count_offset == 0) {
                check_word(to, row, *(char *const *)(base + row->offset));
                return;
        }
        size_t count = *(const size_t *)(base + row->count_offset);
        char *const *list = *(char **const *)(base + row->offset);
        if (count == 0)
                problem(to, row->field, "Donnez %s.", row->label);
        for (size_t i = 0; i < count; i++)
                check_word(to, row, list[i]);
}

/* ---- single values */

static void check_day(struct decp_problems *to, const char *field, const Types__Day *day, const char *what)
{
        if (day == NULL)
                problem(to, field, "Donnez %s.", what);
}

/* NULL is told where `needed`. */
static void check_amount(struct decp_problems *to, const char *field, const Types__Money *amount, bool needed)
{
        if (amount == NULL && needed)
                problem(to, field, "Donnez le montant HT.");
        else if (amount != NULL && amount->cents < CENTS_MIN)
                problem(to, field, "Le format demande au moins 1 € : corrigez le montant.");
}

static void check_months(struct decp_problems *to, const char *field, uint32_t months)
{
        if (months == 0)
                problem(to, field, "Donnez la durée en mois, 1 au moins.");
}

static void check_part_number(struct decp_problems *to, const char *field, uint32_t number)
{
        if (number == 0)
                problem(to, field, "Le format numérote à partir de 1 : corrigez le numéro 0.");
}

static void check_number(struct decp_problems *to, const char *field, const char *number)
{
        if (utf8_length(number) > NUMBER_CHARACTERS_MAX)
                problem(to, field, "« %.40s » dépasse %d caractères : donnez le numéro que l'acheteur publie.", number,
                        NUMBER_CHARACTERS_MAX);
}

static bool cpv_valid(const char *cpv)
{
        size_t digits = strspn(cpv, "0123456789");
        return digits == 8 && (cpv[8] == '\0' || (cpv[8] == '-' && cpv[9] >= '0' && cpv[9] <= '9' && cpv[10] == '\0'));
}

static const char *path(const struct decp_problems *to, const char *list, size_t index, const char *field)
{
        return arena_printf(to->arena, "%s[%zu].%s", list, index, field);
}

/* ---- companies */

static void check_company(struct decp_problems *to, const char *field, const Contracts__CompanyId *company)
{
        if (company == NULL || text_is_empty(company->value))
                problem(to, field, "Donnez l'identifiant de l'entreprise, son SIRET par exemple.");
        else if (decp_company_label(company->kind) == NULL)
                problem(to, field, "Dites quelle sorte d'identifiant est « %.40s » : SIRET, TVA, HORS-UE…",
                        company->value);
        else if (company->kind == CONTRACTS__COMPANY_ID_KIND__SIRET && !siret_valid(company->value))
                problem(to, field, "« %.40s » n'est pas un SIRET : ses 14 chiffres ne passent pas le contrôle de clé.",
                        company->value);
}

static void check_companies(struct decp_problems *to, const char *list, Contracts__CompanyId *const *companies,
                            size_t count)
{
        for (size_t i = 0; i < count; i++) {
                check_company(to, arena_printf(to->arena, "%s[%zu]", list, i), companies[i]);
                for (size_t other = 0; other < i; other++)
                        if (strcmp(companies[i]->value, companies[other]->value) == 0)
                                problem(to, arena_printf(to->arena, "%s[%zu]", list, i),
                                        "« %.40s » est deux fois dans la liste : gardez-le une fois.",
                                        companies[i]->value);
        }
}

/* ---- considerations: the law wants them told, and "none" told alone */

static void check_social(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        static const char field[] = "considerationsSociales";
        bool none = false;
        if (record->n_social == 0)
                problem(to, field, "Dites la considération sociale du contrat, même s'il n'y en a pas.");
        for (size_t i = 0; i < record->n_social; i++) {
                none = none || record->social[i] == CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
                if (decp_social_label(record->kind, record->social[i]) == NULL)
                        problem(to, field,
                                "Une considération sociale est inconnue : choisissez parmi celles du "
                                "format.");
        }
        if (none && record->n_social > 1)
                problem(to, field, "« Pas de considération sociale » ne peut être que seule.");
}

static void check_environmental(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        static const char field[] = "considerationsEnvironnementales";
        bool none = false;
        if (record->n_environmental == 0)
                problem(to, field, "Dites la considération environnementale du contrat, même s'il n'y en a pas.");
        for (size_t i = 0; i < record->n_environmental; i++) {
                none = none || record->environmental[i] == CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL;
                if (decp_environmental_label(record->environmental[i]) == NULL)
                        problem(to, field,
                                "Une considération environnementale est inconnue : choisissez parmi "
                                "celles du format.");
        }
        if (none && record->n_environmental > 1)
                problem(to, field, "« Pas de considération environnementale » ne peut être que seule.");
}

/* ---- the lists that buyers append to */

static void check_modifications(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        bool concession = record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        for (size_t i = 0; i < record->n_modifications; i++) {
                const Contracts__Modification *m = record->modifications[i];
                check_part_number(to, path(to, "modifications", i, "id"), m->number);
                check_day(to,
                          path(to, "modifications", i,
                               concession ? "dateSignatureModification" : "dateNotificationModification"),
                          m->notified_on, "la date de la modification");
                check_day(to, path(to, "modifications", i, "datePublicationDonneesModification"), m->published_on,
                          "la date où la modification a été publiée");
                check_amount(to, path(to, "modifications", i, concession ? "valeurGlobale" : "montant"), m->amount,
                             false);
                check_companies(to, path(to, "modifications", i, "titulaires"), m->contractors, m->n_contractors);
        }
}

static void check_subcontract(struct decp_problems *to, size_t i, const Contracts__Subcontract *act)
{
        static const struct words variations = {
                "", "la variation du prix", 0, 0, {"Ferme", "Actualisable", "Révisable"}};
        static const char list[] = "actesSousTraitance";
        struct words variation = variations;
        variation.field = path(to, list, i, "variationPrix");
        check_part_number(to, path(to, list, i, "id"), act->number);
        check_company(to, path(to, list, i, "sousTraitant"), act->subcontractor);
        check_months(to, path(to, list, i, "dureeMois"), act->duration_months);
        check_day(to, path(to, list, i, "dateNotification"), act->notified_on, "la date de notification de l'acte");
        check_day(to, path(to, list, i, "datePublicationDonnees"), act->published_on, "la date où l'acte a été publié");
        check_amount(to, path(to, list, i, "montant"), act->amount, true);
        check_word(to, &variation, act->price_variation);
}

static void check_subcontracts(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        static const char list[] = "modificationsActesSousTraitance";
        for (size_t i = 0; i < record->n_subcontracts; i++)
                check_subcontract(to, i, record->subcontracts[i]);
        for (size_t i = 0; i < record->n_subcontract_modifications; i++) {
                const Contracts__SubcontractModification *m = record->subcontract_modifications[i];
                check_part_number(to, path(to, list, i, "id"), m->number);
                check_day(to, path(to, list, i, "dateNotificationModificationSousTraitance"), m->notified_on,
                          "la date de la modification de l'acte");
                check_day(to, path(to, list, i, "datePublicationDonnees"), m->published_on,
                          "la date où elle a été publiée");
                check_amount(to, path(to, list, i, "montant"), m->amount, false);
        }
}

/* ---- the two kinds */

static void check_common(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        bool concession = record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        const char *buyer = concession ? "autoriteConcedante.id" : "acheteur.id";
        const char *holders = concession ? "concessionnaires" : "titulaires";

        if (text_is_empty(record->number))
                problem(to, "id", "Donnez le numéro que l'acheteur a donné au contrat.");
        check_number(to, "id", record->number);
        if (!siret_valid(record->buyer_siret))
                problem(to, buyer,
                        "Le SIRET de l'acheteur ne passe pas le contrôle de clé : corrigez ses 14 chiffres.");
        if (text_is_empty(record->object))
                problem(to, "objet", "Donnez l'objet du contrat.");
        else if (utf8_length(record->object) > OBJECT_CHARACTERS_MAX)
                problem(to, "objet", "L'objet dépasse %d caractères : abrégez-le.", OBJECT_CHARACTERS_MAX);
        check_months(to, "dureeMois", record->duration_months);
        check_day(to, concession ? "dateSignature" : "dateNotification", record->notified_on,
                  concession ? "la date de signature" : "la date de notification");
        check_day(to, "datePublicationDonnees", record->published_on,
                  "la date de publication des données : celle où ce fichier est publié");
        check_amount(to, concession ? "valeurGlobale" : "montant", record->amount, true);
        if (record->n_contractors == 0)
                problem(to, holders, "Donnez au moins un titulaire.");
        check_companies(to, holders, record->contractors, record->n_contractors);
        check_social(to, record);
        check_environmental(to, record);
        check_modifications(to, record);
}

static void check_market(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        for (size_t i = 0; i < ARRAY_SIZE(market_words); i++)
                check_words(to, &market_words[i], record);
        if (!cpv_valid(record->cpv))
                problem(to, "codeCPV", "Donnez le code CPV : 8 chiffres, et un chiffre de contrôle facultatif.");
        check_number(to, "idAccordCadre", record->framework_number);
        const Contracts__Place *place = record->place;
        if (place == NULL || text_is_empty(place->code) || decp_place_label(place->kind) == NULL)
                problem(to, "lieuExecution",
                        "Donnez le code du lieu d'exécution et sa sorte (code postal, code "
                        "commune…).");
        if (record->offers_received == 0)
                problem(to, "offresRecues", "Donnez le nombre d'offres reçues, 1 au moins.");
        check_subcontracts(to, record);
}

static void check_concession(struct decp_problems *to, const Contracts__ContractRecord *record)
{
        for (size_t i = 0; i < ARRAY_SIZE(concession_words); i++)
                check_words(to, &concession_words[i], record);
        check_day(to, "dateDebutExecution", record->starts_on, "la date de début d'exécution");
        if (record->public_subsidy == NULL)
                problem(to, "montantSubventionPublique",
                        "Donnez le montant de la subvention publique, 0 s'il n'y en "
                        "a pas.");
}

void decp_check(const Contracts__ContractRecord *record, struct decp_problems *to)
{
        require(record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE);
        check_common(to, record);
        if (record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION)
                check_concession(to, record);
        else
                check_market(to, record);
}
