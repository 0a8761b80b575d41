/* contract_text.h: a published contract in which nothing is wrong, to be changed one value at a time. Included by the
 * tests of the DECP readers. */
#ifndef TESTS_UNIT_COMMON_IMPORT_CONTRACT_TEXT_H
#define TESTS_UNIT_COMMON_IMPORT_CONTRACT_TEXT_H

#include "common/import/decp_contract.h"
#include "tests/unit/common/import/reading.h"

static const char market_text[] =
        "{'id': '2024-17-02', 'acheteur': {'id': '21310555400017'}, 'nature': 'Marché', 'objet': 'Voirie : lot 2',"
        " 'codeCPV': '45233140', 'procedure': 'Procédure adaptée', 'dureeMois': 12, 'offresRecues': 3,"
        " 'lieuExecution': {'code': '31555', 'typeCode': 'Code commune'}, 'dateNotification': '2024-05-06',"
        " 'datePublicationDonnees': '2024-07-02', 'montant': 82238.5, 'formePrix': 'Unitaire', 'ccag': 'Travaux',"
        " 'marcheInnovant': false, 'attributionAvance': true, 'tauxAvance': 0.05, 'sousTraitanceDeclaree': false,"
        " 'typeGroupementOperateurs': 'Solidaire', 'techniques': {'technique': ['Accord-cadre']},"
        " 'modalitesExecution': {'modaliteExecution': ['Bons de commande', 'Tranches']},"
        " 'typesPrix': {'typePrix': ['Définitif ferme']}, 'idAccordCadre': '2023-AC-1',"
        " 'titulaires': [{'titulaire': {'typeIdentifiant': 'SIRET', 'id': '39281098200018'}}],"
        " 'considerationsSociales': {'considerationSociale': ['Critère social', 'Clause sociale']},"
        " 'considerationsEnvironnementales': {'considerationEnvironnementale': ['Clause environnementale']}}";

static const char concession_text[] =
        "{'id': '2024-002', 'autoriteConcedante': {'id': '21310555400017'}, 'nature': 'Concession de service',"
        " 'objet': 'Fourrière', 'procedure': 'Procédure négociée ouverte', 'dureeMois': 36,"
        " 'dateSignature': '2024-06-18', 'datePublicationDonnees': '2024-07-16', 'dateDebutExecution': '2024-07-01',"
        " 'valeurGlobale': 700000, 'montantSubventionPublique': 1000, 'donneesExecution': [],"
        " 'concessionnaires': [{'concessionnaire': {'typeIdentifiant': 'SIRET', 'id': '39281098200018'}}],"
        " 'considerationsSociales': {'considerationSociale': ['Concession réservée']},"
        " 'considerationsEnvironnementales': {'considerationEnvironnementale': ['Pas de considération "
        "environnementale']}}";

/* Reads `text` as 2022 after `key` was set to `value` (JSON with ' for "), or removed where it is NULL. */
static inline Contracts__ContractRecord *contract_with(struct reading *reading, const char *text, const char *key,
                                                       const char *value)
{
        const struct json_tree *json = reading_variant(reading, text, key, value);

        reading_again(reading);
        bool market = tree_member(json, "autoriteConcedante") == NULL;
        return decp_contract(&reading->found, json, CONTRACTS__RECORD_FORMAT__DECP_2022,
                             market ? CONTRACTS__CONTRACT_KIND__MARKET : CONTRACTS__CONTRACT_KIND__CONCESSION);
}

static inline Contracts__ContractRecord *market_with(struct reading *reading, const char *key, const char *value)
{
        return contract_with(reading, market_text, key, value);
}

#endif
