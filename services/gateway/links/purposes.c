#include "services/gateway/links/purposes.h"

#include "common/base/attr.h"
#include "contracts/control.pb-c.h"
#include "tracking/proposals.pb-c.h"

static const struct link_list own_persons = {
        .question = "tracking.WaitingPersons",
        .list = "persons",
        .id = "beneficiary_id",
        .label = "orientée le",
        .path = "referred_on",
        .none = "Aucune personne que vous avez orientée n'attend en ce moment : orientez-la d'abord, avec votre "
                "facilitateur.",
};

static const struct link_page pages[] = {
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH,
                .title = "Déclarer les heures du mois",
                .intro = "Indiquez les heures que la personne de ce parcours a travaillées dans le mois. Le "
                         "facilitateur "
                         "les vérifie ensuite.",
                .act = "Déclarer ces heures",
                .done = "Les heures du mois ont été déclarées.",
                .question = "tracking.PlacementById",
                .object = "placement_id",
                .shown = {{"Employeur", "employer_name"},
                          {"Votre référence", "employer_reference"},
                          {"Début du contrat de travail", "starts_on"},
                          {"Fin prévue", "ends_on"},
                          {"Heures par semaine au contrat", "weekly_hours"},
                          {"Déjà déclaré pour ce mois", "months@.submitted"}},
                .asked =
                        {{"hours", "Heures travaillées dans le mois",
                          "Travaillées et payées ; par exemple 35 ou 17,5. Écrivez 0 si la personne n'a pas travaillé.",
                          .required = true},
                         {"training", "Heures de formation dans le mois", "En plus des heures travaillées."}},
        },
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_PROPOSAL,
                .title = "Répondre à une proposition",
                .intro = "Une personne vous a été proposée pour ce besoin. Dites ce qu'il en est.",
                .act = "Envoyer cette réponse",
                .done = "Une réponse a été donnée à cette proposition.",
                .question = "tracking.ProposalById",
                .object = "proposal_id",
                .shown = {{"Proposition", "label"},
                          {"Besoin", "need_title"},
                          {"À partir du", "need_starts_on"},
                          {"Entreprise", "company_name"},
                          {"Structure", "structure_name"},
                          {"Où elle en est", "state"},
                          {"Ce qui est attendu", "next_action"}},
                .asked = {{"answer", "Votre réponse", NULL, .required = true,
                           .choices = {TRACKING__PROPOSAL_STATE__PROPOSAL_MET,
                                       TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW,
                                       TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN,
                                       TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN}},
                          {"answered_on", "Le jour où c'est arrivé", NULL, .required = true},
                          {"refusal_code", "Si elle n'est pas retenue, pourquoi", NULL}},
        },
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_NAME_RESPONSIBLE,
                .title = "Nommer qui suit la clause dans votre entreprise",
                .intro = "Indiquez la personne à qui le facilitateur s'adressera pour les heures d'insertion de ce "
                         "marché. Prévenez-la que vous la nommez.",
                .act = "Nommer cette personne",
                .done = "Une personne a été nommée.",
                .question = "contracts.ObligationById",
                .object = "obligation_id",
                .shown = {{"Entreprise", "contractor_name"},
                          {"Heures dues", "due"},
                          {"Heures faites", "done"},
                          {"Heures qui restent", "remaining"}},
                .asked = {{"responsible.name", "Son nom", NULL, .required = true},
                          {"responsible.email", "Son adresse électronique", NULL},
                          {"responsible.phone", "Son téléphone", NULL}},
        },
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE,
                .title = "Décider de la suite d'heures manquantes",
                .intro = "La procédure contradictoire est terminée. Vous décidez, en tant qu'acheteur, de la suite.",
                .act = "Prendre cette décision",
                .done = "La décision a été prise.",
                .question = "contracts.CaseById",
                .object = "case_id",
                .shown = {{"Entreprise", "contractor_name"},
                          {"Motif", "case.ground"},
                          {"Mise en demeure du", "case.served_on"},
                          {"Observations possibles jusqu'au", "case.contradictory_until"},
                          {"Heures manquantes", "case.proposal.missing_hours"},
                          {"Pénalité proposée", "case.proposal.amount"},
                          {"Ce qui est attendu", "next_action"}},
                .asked = {{"choice", "Votre décision", NULL, .required = true,
                           .choices = {CONTRACTS__BUYER_CHOICE__CHOICE_APPLY, CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE,
                                       CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE,
                                       CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP}},
                          {"amount", "Montant réduit, en euros", "Seulement si vous réduisez la pénalité."},
                          {"reasons", "Motivation",
                           "Si vous réduisez la pénalité ou y renoncez : elle est lue par "
                           "l'entreprise.",
                           .long_text = true},
                          {"catch_up_until", "Rattrapage jusqu'au", "Seulement si vous accordez un rattrapage."},
                          {"reference", "Référence de la décision", NULL}},
        },
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE,
                .title = "Prendre connaissance d'un avis",
                .intro = "Voici ce qu'il en est de la personne que vous avez orientée. Dites que vous l'avez lu.",
                .act = "J'en ai pris connaissance",
                .done = "Vous en avez pris connaissance.",
                .question = "notifications.Inbox",
                .list = "notices",
                .id = "notice_id",
                .shown = {{"Avis", "title"}, {"Ce qui s'est passé", "text"}, {"Le", "at"}},
        },
        {
                .purpose = ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_NEED,
                .title = "Proposer une personne pour un besoin",
                .intro = "Une entreprise cherche quelqu'un. Dites au facilitateur qui, parmi les personnes que vous "
                         "avez "
                         "orientées, pourrait convenir. L'entreprise ne l'apprend que s'il l'envoie.",
                .act = "Proposer cette personne",
                .done = "Une personne a été proposée au facilitateur pour ce besoin.",
                .question = "contracts.Needs",
                .list = "needs",
                .id = "need_id",
                .shown = {{"Besoin", "title"},
                          {"Entreprise", "contractor_name"},
                          {"À partir du", "starts_on"},
                          {"Jusqu'au", "ends_on"},
                          {"Lieu", "place"},
                          {"Forme", "modality"}},
                .asked = {{"beneficiary_id", "La personne", NULL, .required = true, .from = &own_persons},
                          {"proposed_on", "Le jour où vous la proposez", NULL, .required = true}},
        },
};

const struct link_page *link_page(Accounts__LinkPurpose purpose)
{
        for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
                if (pages[i].purpose == purpose)
                        return &pages[i];
        return NULL;
}
