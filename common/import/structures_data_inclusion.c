/* Structures of data.inclusion, schema v1. Their trade is told by the networks that carry them. */
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/import/fields.h"
#include "common/import/structures_row.h"

/* By network; in a row that has several, the first of this table wins: trades of inclusion before prescribers, the
 * narrower before the wider. */
static const struct {
        const char *network;
        Directory__OrganisationKind kind;
} kinds[] = {
        {"aci", DIRECTORY__ORGANISATION_KIND__ACI},
        {"ai", DIRECTORY__ORGANISATION_KIND__AI},
        {"ei", DIRECTORY__ORGANISATION_KIND__EI},
        {"etti", DIRECTORY__ORGANISATION_KIND__ETTI},
        {"eiti", DIRECTORY__ORGANISATION_KIND__EITI},
        {"geiq", DIRECTORY__ORGANISATION_KIND__GEIQ},
        {"eatt", DIRECTORY__ORGANISATION_KIND__EATT},
        {"ea", DIRECTORY__ORGANISATION_KIND__EA},
        {"esat", DIRECTORY__ORGANISATION_KIND__ESAT},
        {"mission-locale", DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE},
        {"cap-emploi-reseau-cheops", DIRECTORY__ORGANISATION_KIND__CAP_EMPLOI},
        {"plie", DIRECTORY__ORGANISATION_KIND__PLIE},
        {"epide", DIRECTORY__ORGANISATION_KIND__EPIDE},
        {"ecoles-de-la-deuxieme-chance", DIRECTORY__ORGANISATION_KIND__E2C},
        {"pjj", DIRECTORY__ORGANISATION_KIND__PJJ},
        {"spip", DIRECTORY__ORGANISATION_KIND__SPIP},
        {"mdph", DIRECTORY__ORGANISATION_KIND__MDPH},
        {"maisons-de-l-emploi", DIRECTORY__ORGANISATION_KIND__MAISON_DE_L_EMPLOI},
        {"france-travail", DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL},
        {"ccas-cias", DIRECTORY__ORGANISATION_KIND__CCAS},
        {"departements", DIRECTORY__ORGANISATION_KIND__DEPARTEMENT},
        {"delegataire-conseil-departemental", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
        {"chrs", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
        {"cidff", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
        {"caf", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
        {"chantier-ecole", DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK},
        {"coorace", DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK},
        {"unea", DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK},
        {"federation-des-acteurs-de-la-solidarite", DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK},
        {"alliance-villes-emploi", DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK},
};

static const struct row_text texts[] = {
        ROW_TEXT("nom", name),       ROW_TEXT("adresse", address),    ROW_TEXT("code_postal", postcode),
        ROW_TEXT("commune", city),   ROW_TEXT("code_insee", commune), ROW_TEXT("site_web", website),
        ROW_TEXT("courriel", email), ROW_TEXT("telephone", phone),
};

static bool has_network(const Directory__Organisation *organisation, const char *network)
{
        for (size_t i = 0; i < organisation->n_networks; i++)
                if (strcmp(organisation->networks[i], network) == 0)
                        return true;
        return false;
}

/* Two of the sources that data.inclusion gathers hold one kind only; the source is the start of the identifier. */
static const struct {
        const char *prefix;
        Directory__OrganisationKind kind;
} sources[] = {
        {"france-travail--", DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL},
        {"mission-locale--", DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE},
};

static bool kind_of_source(Directory__Organisation *to)
{
        for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
                if (strncmp(to->source_id, sources[i].prefix, strlen(sources[i].prefix)) == 0) {
                        to->kind = sources[i].kind;
                        return true;
                }
        return false;
}

/* A federation says who stands behind a structure; it is its kind only where nothing else tells one. */
static void read_kind(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        bool known = false, several = false;

        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                if (!has_network(to, kinds[i].network))
                        continue;
                if (!known)
                        to->kind = kinds[i].kind;
                else if (kinds[i].kind != to->kind && kinds[i].kind != DIRECTORY__ORGANISATION_KIND__SOCIAL_NETWORK)
                        several = true;
                known = true;
        }
        if (!known && !kind_of_source(to))
                note_reason(found, NOTE_KIND, at);
        else if (several)
                note_warning(found, NOTE_SEVERAL_KINDS, at);
}

static void read_networks(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node at = node_member(row, "reseaux_porteurs");

        if (at.json != NULL && !tree_is_list(at.json))
                note_warning(found, NOTE_NOT_LIST, &at);
        for (size_t i = 0; i < tree_count(at.json); i++) {
                struct node item = node_item(&at, i);
                char *network = field_code(found, &item);
                if (network == NULL)
                        continue;
                to->networks = pb_append(to->networks, &to->n_networks, sizeof(char *), found->arena);
                to->networks[to->n_networks - 1] = network;
        }
        read_kind(found, &at, to);
}

/* The second line of an address, where there is one, follows the first. */
static void append_address(struct findings *found, const struct node *at, Directory__Organisation *to)
{
        char *more = field_text(found, at);

        if (more != NULL)
                to->address = to->address[0] == '\0' ? more : arena_printf(found->arena, "%s, %s", to->address, more);
}

static void read_data_inclusion(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node id = node_member(row, "id"), siret = node_member(row, "siret"),
                    commune = node_member(row, "code_insee");
        struct node longitude = node_member(row, "longitude"), latitude = node_member(row, "latitude");
        struct node updated = node_member(row, "date_maj"), complement = node_member(row, "complement_adresse");

        row_texts(found, row, texts, ARRAY_SIZE(texts), to);
        append_address(found, &complement, to);
        row_source_id(found, &id, to);
        row_siret(found, &siret, false, to);
        row_territory_of_address(found, &commune, to);
        row_coordinates(found, &longitude, &latitude, to);
        row_updated_on(found, &updated, to);
        read_networks(found, row, to);
}

const struct structures_format structures_data_inclusion = {
        "data.inclusion", {"source", "id", "nom", "date_maj"}, "structure_id", "nom", read_data_inclusion,
};

static const struct row_text fixture_texts[] = {
        ROW_TEXT("name", name),   ROW_TEXT("address_line_1", address), ROW_TEXT("post_code", postcode),
        ROW_TEXT("city", city),   ROW_TEXT("website", website),        ROW_TEXT("email", email),
        ROW_TEXT("phone", phone),
};

static void read_fixture(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node fields = node_member(row, "fields"), id = node_member(&fields, "uid");
        struct node siret = node_member(&fields, "siret"), postcode = node_member(&fields, "post_code");
        struct node point = node_member(&fields, "coordinates"), updated = node_member(&fields, "updated_on");
        struct node second_line = node_member(&fields, "address_line_2");

        row_texts(found, &fields, fixture_texts, ARRAY_SIZE(fixture_texts), to);
        append_address(found, &second_line, to);
        row_source_id(found, &id, to);
        row_siret(found, &siret, false, to);
        row_territory_of_address(found, &postcode, to);
        row_point(found, &point, to);
        row_updated_on(found, &updated, to);
        read_networks(found, &fields, to);
}

const struct structures_format structures_insertion_fixture = {
        "data.inclusion", {"model", "fields", "pk", "pk"}, NULL, "fields.name", read_fixture,
};
