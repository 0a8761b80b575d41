/* How the one who acts stands to each kind of thing. Built on access.h; pure but for the rows that are read. */
#include <string.h>

#include "common/base/siret.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/programming/loaded_line.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/referrals/referral.h"
#include "services/contracts/referrals/referrals_rows.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"
#include "services/contracts/rights.h"

static bool acts_as(const struct work *work, Types__Role role)
{
        return work->actor->role == role;
}

/* What may be read is changed by the coordinator, the facilitators of `territories`, and the parties of the role's. */
static enum standing reader(const struct work *work, bool covers)
{
        if (acts_as(work, TYPES__ROLE__AUDITOR) || (acts_as(work, TYPES__ROLE__FACILITATOR) && !covers))
                return STANDING_READ;
        return STANDING_CHANGE;
}

/* Of several buyers the coordinator decides; the members read. */
static enum standing of_buyers(const struct work *work, struct id contract_id, enum standing standing)
{
        return standing == STANDING_CHANGE && acts_as(work, TYPES__ROLE__BUYER) && !access_leads(work, contract_id)
                       ? STANDING_READ
                       : standing;
}

/* ---- contracts */

static enum standing to_contract(const struct work *work, struct id id)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL || !access_contract(work, id, record))
                return STANDING_UNKNOWN;
        if (acts_as(work, TYPES__ROLE__COMPANY)) /* it owes hours of it: these are its own, not the contract */
                return STANDING_READ;
        return of_buyers(work, id, reader(work, access_file(work, id, record)));
}

static enum standing contract_standing(const struct work *work, const struct named *named)
{
        return to_contract(work, named->id);
}

const struct named_thing thing_contract = {
        .standing = contract_standing,
        .unknown =
                "Ce contrat n'est pas connu, ou n'est ouvert qu'à son acheteur, à ses titulaires et aux facilitateurs "
                "de son territoire : vérifiez son identifiant.",
        .not_yours =
                "Ce contrat n'est pas dans votre territoire, ou c'est le coordonnateur du groupement d'acheteurs qui "
                "en décide : adressez-vous au facilitateur qui le suit.",
};

static enum standing consultation_standing(const struct work *work, const struct named *named)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, named->id);
        bool is_outside = acts_as(work, TYPES__ROLE__COMPANY) || acts_as(work, TYPES__ROLE__STRUCTURE);
        if (record == NULL || consultation_find(work->txn, work->arena, named->id) == NULL)
                return STANDING_UNKNOWN;
        /* A private contract is known to its own only, and to no company before the others. */
        if (record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE &&
            (is_outside || !access_contract(work, named->id, record)))
                return STANDING_UNKNOWN;
        return STANDING_READ;
}

const struct named_thing thing_consultation = {
        .standing = consultation_standing,
        .unknown = "Aucune consultation n'est publiée sous cet identifiant : vérifiez-le auprès de l'acheteur.",
};

/* ---- clauses */

static bool covers_clause(const struct work *work, const Contracts__ClausePut *row)
{
        return access_territories(work, row->territories, row->n_territories);
}

/* A company reads the clauses that it owes hours of, not the others of the contract. */
static bool owes_of(const struct work *work, struct id clause_id)
{
        struct walk walk;
        struct id id;
        bool owes = false;
        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        while (!owes && walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *row = contracts_obligation_find(work->txn, work->arena, id);
                owes = row != NULL && access_obligation(work, row);
        }
        walk_end(&walk);
        return owes;
}

static enum standing clause_standing(const struct work *work, const struct named *named)
{
        const Contracts__ClausePut *row = contracts_clause_find(work->txn, work->arena, named->id);
        if (row == NULL)
                return STANDING_UNKNOWN;
        if (acts_as(work, TYPES__ROLE__COMPANY))
                return owes_of(work, named->id) ? STANDING_READ : STANDING_UNKNOWN;
        struct id contract_id = id_of(row->contract_id);
        if (to_contract(work, contract_id) == STANDING_UNKNOWN)
                return STANDING_UNKNOWN;
        return of_buyers(work, contract_id, reader(work, covers_clause(work, row)));
}

const struct named_thing thing_clause = {
        .standing = clause_standing,
        .unknown = "Cette clause n'est pas connue, ou n'est ouverte qu'à son acheteur, à ses titulaires et aux "
                   "facilitateurs de son territoire : vérifiez son identifiant.",
        .not_yours = "Cette clause n'est pas dans votre territoire : adressez-vous au facilitateur qui la suit.",
};

static enum standing clause_place_standing(const struct work *work, const struct named *named)
{
        const Contracts__PutClause *command = (const Contracts__PutClause *)named->request;
        enum standing standing = to_contract(work, named->id);
        struct id known;

        if (standing == STANDING_UNKNOWN || !acts_as(work, TYPES__ROLE__FACILITATOR))
                return standing;
        if (contracts_clause_of_lot(work->txn, named->id, command->lot, &known)) {
                const Contracts__ClausePut *row = contracts_clause_find(work->txn, work->arena, known);
                return row != NULL && covers_clause(work, row) ? STANDING_CHANGE : STANDING_READ;
        }
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, named->id);
        return file == NULL || file->n_territories == 0 ? STANDING_CHANGE : standing;
}

const struct named_thing thing_clause_place = {
        .standing = clause_place_standing,
        .unknown =
                "Ce contrat n'est pas connu, ou n'est ouvert qu'à son acheteur et aux facilitateurs de son territoire "
                ": vérifiez son identifiant, ou importez-le.",
        .not_yours = "Un autre territoire suit ce contrat, ou a posé la clause de ce lot : adressez-vous à son "
                     "facilitateur, ou à la coordination.",
};

/* ---- obligations */

static enum standing to_row(const struct work *work, const Contracts__ObligationRecorded *row)
{
        if (row == NULL || !access_obligation(work, row))
                return STANDING_UNKNOWN;
        return of_buyers(work, id_of(row->contract_id),
                         reader(work, access_territories(work, row->territories, row->n_territories)));
}

static const Contracts__ObligationRecorded *row_of(const struct work *work, struct id id)
{
        return contracts_obligation_find(work->txn, work->arena, id);
}

static enum standing obligation_standing(const struct work *work, const struct named *named)
{
        return to_row(work, row_of(work, named->id));
}

#define OBLIGATION_UNKNOWN                                                                                             \
        "Cette obligation n'est pas connue, ou n'est ouverte qu'à l'entreprise qui la doit, à son acheteur et aux "  \
        "facilitateurs de son territoire : vérifiez son identifiant."

const struct named_thing thing_obligation = {
        .standing = obligation_standing,
        .unknown = OBLIGATION_UNKNOWN,
        .not_yours = "Cette obligation n'est pas de votre ressort : adressez-vous au facilitateur qui la suit.",
};

/* What a member of a grouping ordered or was invoiced is its own to say. */
static enum standing ordering_standing(const struct work *work, const struct named *named)
{
        const Contracts__ObligationRecorded *row = row_of(work, named->id);
        enum standing standing = to_row(work, row);
        return standing == STANDING_READ && acts_as(work, TYPES__ROLE__BUYER) ? STANDING_CHANGE : standing;
}

const struct named_thing thing_ordering = {
        .standing = ordering_standing,
        .unknown = OBLIGATION_UNKNOWN,
        .not_yours = "Cette obligation n'est pas de votre ressort : adressez-vous au facilitateur qui la suit.",
};

static enum standing case_standing(const struct work *work, const struct named *named)
{
        const Contracts__ControlCase *row = control_case_find(work->txn, work->arena, named->id);
        return row == NULL ? STANDING_UNKNOWN : to_row(work, row_of(work, id_of(row->obligation_id)));
}

const struct named_thing thing_control_case = {
        .standing = case_standing,
        .unknown = "Ce dossier de contrôle n'est pas connu, ou n'est ouvert qu'à l'entreprise, à l'acheteur et aux "
                   "facilitateurs du territoire : vérifiez son identifiant.",
        .not_yours = "Ce dossier de contrôle n'est pas de votre ressort : adressez-vous au facilitateur qui le suit.",
};

/* ---- transfers */

static enum standing the_better(enum standing one, enum standing other)
{
        return one > other ? one : other;
}

static enum standing transfer_standing(const struct work *work, const struct named *named)
{
        const Contracts__TransferView *row = obligations_transfer_find(work->txn, work->arena, named->id);
        if (row == NULL)
                return STANDING_UNKNOWN;
        return the_better(to_row(work, row_of(work, id_of(row->from_obligation_id))),
                          to_row(work, row_of(work, id_of(row->to_obligation_id))));
}

const struct named_thing thing_transfer = {
        .standing = transfer_standing,
        .unknown = "Ce transfert n'est pas connu, ou ne concerne aucun de vos contrats : vérifiez son identifiant.",
        .not_yours = "Ce transfert n'est pas de votre ressort : adressez-vous au facilitateur qui suit l'un des deux "
                     "contrats.",
};

/* Members of one group know each other, and a company its own establishments. */
static bool are_partners(const Contracts__ObligationRecorded *one, const Contracts__ObligationRecorded *other)
{
        return id_equal(id_of(one->clause_id), id_of(other->clause_id)) ||
               siret_same_company(one->contractor_siret, other->contractor_siret);
}

static enum standing giver_standing(const struct work *work, const struct named *named)
{
        const Contracts__ProposeTransfer *command = (const Contracts__ProposeTransfer *)named->request;
        enum standing standing = to_row(work, row_of(work, named->id));
        if (standing == STANDING_READ &&
            to_row(work, row_of(work, id_of(command->to_obligation_id))) == STANDING_CHANGE)
                return STANDING_CHANGE;
        return standing;
}

static enum standing taker_standing(const struct work *work, const struct named *named)
{
        const Contracts__ProposeTransfer *command = (const Contracts__ProposeTransfer *)named->request;
        const Contracts__ObligationRecorded *to = row_of(work, named->id);
        enum standing standing = to_row(work, to);
        if (standing != STANDING_UNKNOWN || to == NULL || !acts_as(work, TYPES__ROLE__COMPANY))
                return standing;
        const Contracts__ObligationRecorded *from = row_of(work, id_of(command->from_obligation_id));
        return from != NULL && access_obligation(work, from) && are_partners(from, to) ? STANDING_READ
                                                                                       : STANDING_UNKNOWN;
}

const struct named_thing thing_transfer_giver = {
        .standing = giver_standing,
        .unknown = OBLIGATION_UNKNOWN,
        .not_yours =
                "Ces heures ne sont pas de votre ressort : l'entreprise qui les doit ou le facilitateur qui les suit "
                "propose le transfert.",
};
const struct named_thing thing_transfer_taker = {.standing = taker_standing, .unknown = OBLIGATION_UNKNOWN};

/* ---- needs */

static enum standing need_standing(const struct work *work, const struct named *named)
{
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, named->id);
        if (row == NULL || !access_need(work, row->need))
                return STANDING_UNKNOWN;
        if (acts_as(work, TYPES__ROLE__PRESCRIBER) || acts_as(work, TYPES__ROLE__STRUCTURE))
                return STANDING_READ;
        return reader(work, access_territories(work, &row->need->territory, 1));
}

const struct named_thing thing_need = {
        .standing = need_standing,
        .unknown = "Ce besoin n'est pas connu, ou n'est pas ouvert à votre compte : vérifiez son identifiant.",
        .not_yours =
                "Ce besoin n'est pas de votre ressort : l'entreprise ou le facilitateur du département s'en charge.",
};

/* ---- what hangs on a contract */

static enum standing question_standing(const struct work *work, const struct named *named)
{
        const Contracts__QuestionRow *row = question_find(work->txn, work->arena, named->id);
        return row == NULL ? STANDING_UNKNOWN : to_contract(work, id_of(row->contract_id));
}

const struct named_thing thing_question = {
        .standing = question_standing,
        .unknown =
                "Cette question n'est pas connue, ou est d'une consultation qui ne vous est pas ouverte : vérifiez son "
                "identifiant.",
        .not_yours =
                "La consultation de cette question n'est pas dans votre territoire : adressez-vous au facilitateur "
                "qui la suit.",
};

static enum standing offer_standing(const struct work *work, const struct named *named)
{
        const Contracts__OfferRow *row = offer_find(work->txn, work->arena, named->id);
        struct id contract_id = row == NULL ? (struct id){0} : id_of(row->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract_id);
        if (row == NULL || record == NULL)
                return STANDING_UNKNOWN;
        const Contracts__AppraisalRow *lot = appraisal_find(work->txn, work->arena, contract_id, row->lot);
        return offers_are_read_by(work, contract_id, record, lot) ? STANDING_CHANGE : STANDING_UNKNOWN;
}

const struct named_thing thing_offer = {
        .standing = offer_standing,
        .unknown =
                "Cette offre n'est pas connue, ou est confidentielle : seuls les deux lecteurs du lot, la coordination "
                "et l'acheteur la traitent. Vérifiez son identifiant.",
        .not_yours = "Cette offre n'est pas de votre ressort : adressez-vous aux lecteurs du lot.",
};

/* Who writes the award down need not read offers, but says which one of that very lot it is. */
static enum standing awarded_standing(const struct work *work, const struct named *named)
{
        const Contracts__AwardContract *command = (const Contracts__AwardContract *)named->request;
        const Contracts__OfferRow *row = offer_find(work->txn, work->arena, named->id);
        return row != NULL && row->lot == command->lot && id_equal(id_of(row->contract_id), id_of(command->contract_id))
                       ? STANDING_READ
                       : STANDING_UNKNOWN;
}

const struct named_thing thing_awarded_offer = {
        .standing = awarded_standing,
        .unknown = "Ce lot n'a pas d'offre de cet identifiant : choisissez-la parmi celles du lot.",
};

static enum standing draft_standing(const struct work *work, const struct named *named)
{
        const Contracts__DraftRow *row = draft_find(work->txn, work->arena, named->id);
        return row == NULL ? STANDING_UNKNOWN : to_contract(work, id_of(row->kept->contract_id));
}

const struct named_thing thing_draft = {
        .standing = draft_standing,
        .unknown =
                "Cette version n'est pas connue, ou est d'un contrat qui ne vous est pas ouvert : cherchez-la dans la "
                "liste des pièces remises.",
};

static enum standing referral_standing(const struct work *work, const struct named *named)
{
        const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, named->id);
        return row == NULL ? STANDING_UNKNOWN : to_contract(work, id_of(row->referred->contract_id));
}

const struct named_thing thing_referral = {
        .standing = referral_standing,
        .unknown =
                "Cette transmission n'est pas connue, ou est d'un contrat qui ne vous est pas ouvert : choisissez-la "
                "dans la liste du contrat.",
        .not_yours = "Le contrat de cette transmission n'est pas dans votre territoire : adressez-vous au facilitateur "
                     "qui le suit.",
};

static enum standing subcontract_standing(const struct work *work, const struct named *named)
{
        const Contracts__SubcontractRow *row = subcontract_find(work->txn, work->arena, named->id);
        return row == NULL ? STANDING_UNKNOWN : to_row(work, row_of(work, id_of(row->declared->obligation_id)));
}

const struct named_thing thing_subcontract = {
        .standing = subcontract_standing,
        .unknown = "Cet acte de sous-traitance n'est pas connu, ou est d'un contrat qui ne vous est pas ouvert : "
                   "choisissez-le dans la liste du contrat.",
        .not_yours =
                "Le contrat de cet acte n'est pas dans votre territoire : adressez-vous au facilitateur qui le suit.",
};

/* ---- programmes and agreements */

static enum standing line_standing(const struct work *work, const struct named *named)
{
        const Contracts__ProgrammeLineRow *row = programme_line_find(work->txn, work->arena, named->id);
        char siret[SIRET_TEXT_SIZE];

        if (row == NULL)
                return STANDING_UNKNOWN;
        if (acts_as(work, TYPES__ROLE__BUYER) &&
            (!access_own_siret(work, siret) || strcmp(siret, row->buyer_siret) != 0))
                return STANDING_UNKNOWN;
        if (row->contract_id != NULL) /* what became of it */
                return to_contract(work, id_of(row->contract_id));
        char *territory = arena_text(work->arena, line_territory(work, row));
        return reader(work, access_territories(work, &territory, 1));
}

const struct named_thing thing_line = {
        .standing = line_standing,
        .unknown = "Cette ligne de programme n'est pas connue, ou est du programme d'un autre acheteur : vérifiez son "
                   "identifiant.",
        .not_yours = "Cette ligne n'est pas dans votre territoire : adressez-vous au facilitateur qui la suit.",
};

static enum standing import_standing(const struct work *work, const struct named *named)
{
        const struct batch_tables tables = contracts_batches();
        const Types__ImportBatch *batch = batch_find(work->txn, &tables, named->id, work->arena);
        return batch == NULL ? STANDING_UNKNOWN : programme_import_standing(work, batch);
}

const struct named_thing thing_import = {
        .standing = import_standing,
        .unknown = "Cet import n'existe pas ici, ou n'est ni de vos territoires ni de votre organisation : vérifiez "
                   "son identifiant.",
        .not_yours = "Cet import n'est pas à vous de changer : adressez-vous au facilitateur du territoire.",
};

static enum standing agreement_standing(const struct work *work, const struct named *named)
{
        const Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, named->id);
        if (row == NULL || !access_agreement(work, row->agreement))
                return STANDING_UNKNOWN;
        return reader(work, access_territories(work, row->agreement->territories, row->agreement->n_territories));
}

const struct named_thing thing_agreement = {
        .standing = agreement_standing,
        .unknown = "Cette convention n'est pas connue, ou n'est ouverte qu'à son acheteur et aux facilitateurs de son "
                   "territoire : choisissez-la dans la liste des conventions.",
        .not_yours = "Aucun des départements de cette convention n'est dans votre territoire : adressez-vous au "
                     "facilitateur qui la suit.",
};
