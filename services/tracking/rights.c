/* Whose the things are that requests to tracking name, and how the one who acts stands to each kind of them. */
#include "services/tracking/rights.h"

#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/imports/imports_rows.h"
#include "services/tracking/invoices/invoices_access.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/relocations/relocation.h"
#include "services/tracking/rooms.h"

#define FILTER        "a filter: the list shows what may be read, and nothing of it where that is none"
#define DIRECTORY     "the directory is everybody's to read"
#define OWN_TERRITORY "not a thing of the store: refused where it is not the actor's, or not this partition's"
#define OWN           "a prescriber refers for itself alone; to facilitators the directory is open"
#define UPLOAD        "an upload is found by the account that began it alone"
#define DOCUMENT      "a document is found below its placement alone, whose right is asked"
#define HERS          "a contact or an action is found below its person alone, whose right is asked"
#define OWN_LIST      "a partner sends its own list alone; a facilitator any, and each row must be hers to state"
#define SAID_OF_IT    "what was said of a placement is found below it alone, whose right is asked"
#define DECIDED       "a decision, a proof, a suspension is found in its person's file alone, whose right is asked"
#define LINE_BY_LINE  "each line is asked for by itself, and told apart: one that is another's stops no other"
#define ASKED_THERE   "another department than the actor's own: its facilitators are asked, and say yes or no"
#define DRAWN         "a placement is found below its control alone, by who may read both"
#define PARTS         "an operator moves parts as wholes, and sees ids alone"
#define PART_SENDER   "what another tracking process sends is its own until it is here; asked by its signature alone"
#define NEEDS         "kept as it is told; she is proposed for it where the actor may know of that need"

/* ---- persons: those of a territory, to who acts in it; of one who is erased, that and who had opened her file. The
 * data protection officer stands as a facilitator does: which acts are hers is said by the dispatch table. */

static bool knows_persons(const Wire__Passport *actor)
{
        return scope_is_watcher(actor) || actor->role == TYPES__ROLE__DATA_PROTECTION;
}

static bool answers_persons(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__DATA_PROTECTION;
}

static enum standing beneficiary_standing(const struct work *work, const struct named *named)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, named->id, work->arena);
        const Tracking__ErasedRow *erased = row != NULL ? NULL : tracking_erased(work->txn, named->id, work->arena);
        const char *territory = row != NULL ? row->territory : erased != NULL ? erased->territory : NULL;
        if (territory == NULL || !knows_persons(work->actor) || !passport_covers(work->actor, territory))
                return STANDING_UNKNOWN;
        return answers_persons(work->actor) ? STANDING_CHANGE : STANDING_READ;
}

/* The same for what is not the person's own right: while her file is restricted it is kept, and nothing else. */
static enum standing file_standing(const struct work *work, const struct named *named)
{
        enum standing standing = beneficiary_standing(work, named);
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, named->id, work->arena);
        return standing == STANDING_CHANGE && row != NULL && row->restriction_code[0] != '\0' ? STANDING_FROZEN
                                                                                              : standing;
}

static const struct named_thing file = {
        .standing = file_standing,
        .unknown = "Cette personne n'est pas suivie ici, ou pas dans un de vos territoires : vérifiez son identifiant.",
        .not_yours = "Cette personne n'est suivie que par les facilitateurs de son territoire : adressez-vous à eux.",
        .frozen =
                "Le traitement des données de cette personne est limité (RGPD, art. 18) : son dossier est conservé, et "
                "rien d'autre. Elle peut le faire sortir ou rectifier ; levez la limitation pour le reste.",
};

static const struct named_thing other_file = {
        .standing = file_standing,
        .unknown =
                "L'autre dossier n'est pas suivi par ce service, ou pas dans un de vos territoires : deux dossiers ne "
                "se réunissent qu'au sein d'un même service de suivi. Faites d'abord transférer l'un d'eux (guichetctl "
                "relocation propose), avec l'accord de l'autre département.",
        .not_yours = "L'autre dossier n'est suivi que par les facilitateurs de son territoire : adressez-vous à eux.",
        .frozen = "Le traitement des données de l'autre dossier est limité (RGPD, art. 18) : il est conservé, et rien "
                  "d'autre. Levez d'abord la limitation.",
};

static const struct named_thing beneficiary = {
        .standing = beneficiary_standing,
        .unknown = "Cette personne n'est pas suivie ici, ou pas dans un de vos territoires : vérifiez son identifiant.",
        .not_yours = "Cette personne n'est suivie que par les facilitateurs de son territoire : adressez-vous à eux.",
};

/* How she stands: to the watchers of her territory, and to the organisation that referred her. */
static enum standing eligibility_standing(const struct work *work, const struct named *named)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, named->id, work->arena);
        if (row != NULL && row->prescriber != NULL && work->actor->role == TYPES__ROLE__PRESCRIBER &&
            passport_is_organisation(work->actor, id_of(row->prescriber)))
                return STANDING_READ;
        return row == NULL ? STANDING_UNKNOWN : beneficiary_standing(work, named);
}

static const struct named_thing eligibility = {
        .standing = eligibility_standing,
        .unknown =
                "Cette personne n'est pas suivie ici, ou ni dans un de vos territoires ni orientée par vous : vérifiez "
                "son identifiant.",
        .not_yours = "Cette personne n'est suivie que par les facilitateurs de son territoire : adressez-vous à eux.",
};

/* ---- placements */

static enum standing placement_standing(const struct work *work, const struct named *named)
{
        struct placement row;
        if (!tracking_placement(work->txn, named->id, &row) || !scope_reads_placement(work, &row))
                return STANDING_UNKNOWN;
        if (!scope_states_hours(work, &row))
                return STANDING_READ;
        return row.is_frozen ? STANDING_FROZEN : STANDING_CHANGE;
}

static const struct named_thing placement = {
        .standing = placement_standing,
        .unknown =
                "Ce parcours n'existe pas ici, ou n'est ni de vos territoires ni de votre organisation : vérifiez son "
                "identifiant.",
        .not_yours = "Ce parcours n'est pas à vous de changer : adressez-vous au facilitateur du territoire.",
        .frozen = PLACEMENT_FROZEN,
};

/* That another one continues: also of another department, where hers is the actor's now, and its contract is public. */
static bool follows_her(const struct work *work, struct id person)
{
        struct files files = identity_files(work->txn, person);
        for (size_t i = 0; i < files.count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, files.at[i], work->arena);
                if (row != NULL && scope_is_watcher(work->actor) && passport_covers(work->actor, row->territory))
                        return true;
        }
        return false;
}

static enum standing earlier_standing(const struct work *work, const struct named *named)
{
        struct placement row;
        if (!tracking_placement(work->txn, named->id, &row))
                return STANDING_UNKNOWN;
        bool is_shown = scope_reads_placement(work, &row) ||
                        (scope_reads_obligation(work, row.obligation) && follows_her(work, row.beneficiary));
        return is_shown ? STANDING_READ : STANDING_UNKNOWN;
}

static const struct named_thing earlier = {
        .standing = earlier_standing,
        .unknown = "Le parcours d'avant n'existe pas ici, ou n'est ni de vos territoires ni d'une personne que vous "
                   "suivez : vérifiez son identifiant ; s'il est d'un autre département, faites d'abord venir le "
                   "dossier de cette personne (guichetctl relocation propose).",
};

/* ---- obligations: tracking has copies of them, which serve the facilitators of their territories and nobody else; so
 * what contracts keeps from others of a private one is kept from them here too. */

static enum standing obligation_standing(const struct work *work, const struct named *named)
{
        const Tracking__ObligationCopy *row = tracking_obligation(work->txn, named->id, work->arena);
        if (!scope_reads_obligation(work, named->id))
                return STANDING_UNKNOWN;
        for (size_t i = 0; row != NULL && i < row->n_territories; i++)
                if (passport_covers(work->actor, row->territories[i]))
                        return STANDING_CHANGE;
        return STANDING_UNKNOWN;
}

static const struct named_thing obligation = {
        .standing = obligation_standing,
        .unknown = "Cette obligation n'est pas connue ici, ou n'est pas d'un de vos territoires : vérifiez son "
                   "identifiant, ou recommencez dans un instant si elle vient d'être enregistrée.",
        .not_yours = "Cette obligation n'est pas d'un de vos territoires : adressez-vous à son facilitateur.",
};

/* ---- invoices: of the territory that follows the obligation, of their structure, of who owes the hours */

static const struct named_thing invoice = {
        .standing = invoice_standing,
        .unknown = "Cette facture n'existe pas ici, ou n'est ni de vos territoires ni de votre organisation : vérifiez "
                   "son identifiant.",
        .not_yours = "Cette facture n'est pas à vous de changer : adressez-vous au facilitateur du territoire.",
};

/* ---- proposals, the persons who are proposed, the needs that they are proposed for */

static const struct named_thing proposal = {
        .standing = proposal_standing,
        .unknown = "Cette proposition n'existe pas ici, ou n'est plus à voir par vous : relisez la liste des "
                   "propositions.",
        .not_yours = "Cette proposition n'est pas à vous de changer : adressez-vous au facilitateur du territoire.",
        .frozen = PLACEMENT_FROZEN,
};

static const struct named_thing proposed_person = {
        .standing = proposed_person_standing,
        .unknown = "Cette personne n'est pas suivie ici, ou pas par vous : vérifiez son identifiant.",
        .not_yours = "Cette personne n'est pas suivie par vous : adressez-vous au facilitateur du territoire.",
        .frozen = "Le dossier de cette personne est conservé sans changement pour l'instant : adressez-vous au "
                  "facilitateur du territoire.",
};

static const struct named_thing need = {
        .standing = need_standing,
        .unknown = "Ce besoin n'est pas connu ici, ou n'est pas de vos territoires : vérifiez son identifiant, ou "
                   "recommencez dans un instant s'il vient d'être déclaré.",
};

/* ---- controls: of the watchers of the territory; what is asked of an organisation is found by both its ids */

static enum standing control_standing(const struct work *work, const struct named *named)
{
        const Tracking__ControlRow *row = tracking_control(work->txn, named->id, work->arena);
        if (row == NULL || !scope_is_watcher(work->actor) || !passport_covers(work->actor, row->territory))
                return STANDING_UNKNOWN;
        return work->actor->role == TYPES__ROLE__FACILITATOR ? STANDING_CHANGE : STANDING_READ;
}

static const struct named_thing control = {
        .standing = control_standing,
        .unknown = "Ce contrôle n'existe pas ici, ou n'est pas d'un de vos territoires : vérifiez son identifiant.",
        .not_yours = "Ce contrôle n'est mené que par les facilitateurs de son territoire : adressez-vous à eux.",
};

/* ---- imports: of the territory that they were given in, and of their sender */

static enum standing batch_standing(const struct work *work, const struct named *named)
{
        const struct batch_tables tables = tracking_batches();
        const Types__ImportBatch *batch = batch_find(work->txn, &tables, named->id, work->arena);
        return batch == NULL ? STANDING_UNKNOWN : import_standing(work, batch);
}

static const struct named_thing batch = {
        .standing = batch_standing,
        .unknown = "Cet import n'existe pas ici, ou n'est ni de vos territoires ni de votre organisation : vérifiez "
                   "son identifiant.",
        .not_yours = "Cet import n'est pas à vous de changer : adressez-vous au facilitateur du territoire.",
};

/* ---- files that change departments: given by some, taken by others */

#define NO_RELOCATION                                                                                                  \
        "Ce changement de département n'existe pas ici, ou n'est ni de vos départements ni vers eux : relisez la liste."

static const struct named_thing taken_file = {
        .standing = relocation_taking,
        .unknown = NO_RELOCATION,
        .not_yours = "Seul le facilitateur du département où elle habite désormais répond : attendez sa réponse, ou "
                     "retirez ce changement.",
};

static const struct named_thing given_file = {
        .standing = relocation_giving,
        .unknown = NO_RELOCATION,
        .not_yours = "Seul le facilitateur du département qui l'a proposé retire un changement : refusez-le si vous ne "
                     "le prenez pas.",
};

static const struct right_row rows[] = {
        {"ReferBeneficiary", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"ReferBeneficiary", "prescriber", RIGHT_NONE, NULL, OWN},
        {"ReferBeneficiary", "need_id", RIGHT_NONE, NULL, NEEDS},
        {"KnownPerson", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"SeekDoubles", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ProbableDoubles", "territory", RIGHT_NONE, NULL, FILTER},
        {"MergePersons", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"MergePersons", "other_id", RIGHT_CHANGE, &other_file, NULL},
        {"UnmergePersons", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"KeepPersonsApart", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"KeepPersonsApart", "other_id", RIGHT_CHANGE, &other_file, NULL},
        {"OpenBeneficiaryFile", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"FileReadings", "beneficiary_id", RIGHT_READ, &beneficiary, NULL},
        {"FileReadings", "territory", RIGHT_NONE, NULL, FILTER},
        {"FileReadings", "account", RIGHT_NONE, NULL, FILTER},
        {"ErasePerson", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ExportPerson", "beneficiary_id", RIGHT_CHANGE, &beneficiary, NULL},
        {"RectifyIdentity", "beneficiary_id", RIGHT_CHANGE, &beneficiary, NULL},
        {"RestrictPerson", "beneficiary_id", RIGHT_CHANGE, &beneficiary, NULL},
        {"LiftRestriction", "beneficiary_id", RIGHT_CHANGE, &beneficiary, NULL},
        {"WaitingPersons", "territory", RIGHT_NONE, NULL, FILTER},
        {"RetentionDue", "territory", RIGHT_NONE, NULL, FILTER},
        {"DecideEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"DecideEligibility", "proof_id", RIGHT_NONE, NULL, DECIDED},
        {"RecordProofSeen", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"WithdrawProof", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"WithdrawProof", "proof_id", RIGHT_NONE, NULL, DECIDED},
        {"ConfirmEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ConfirmEligibility", "decision_id", RIGHT_NONE, NULL, DECIDED},
        {"ExtendEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ExtendEligibility", "proof_id", RIGHT_NONE, NULL, DECIDED},
        {"CorrectEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"CorrectEligibility", "decision_id", RIGHT_NONE, NULL, DECIDED},
        {"SuspendEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ResumeEligibility", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ResumeEligibility", "suspension_id", RIGHT_NONE, NULL, DECIDED},
        {"EligibilityById", "beneficiary_id", RIGHT_READ, &eligibility, NULL},
        {"EligibilityDue", "territory", RIGHT_NONE, NULL, FILTER},
        {"OpenPlacement", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"OpenPlacement", "obligation_id", RIGHT_CHANGE, &obligation, NULL},
        {"OpenPlacement", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"OpenPlacement", "employer", RIGHT_NONE, NULL, DIRECTORY},
        {"OpenPlacement", "host_company", RIGHT_NONE, NULL, DIRECTORY},
        {"OpenPlacement", "continues_placement_id", RIGHT_READ, &earlier, NULL},
        {"LinkPlacement", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"LinkPlacement", "continues_placement_id", RIGHT_READ, &earlier, NULL},
        {"SetEmployerReference", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"NameTutor", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"NameReferent", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"WithdrawNaming", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"WithdrawNaming", "naming_id", RIGHT_NONE, NULL, SAID_OF_IT},
        {"AmendPlacement", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"CorrectPlacement", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"SubmitHours", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"ValidateHours", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"ReturnHours", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"CopyHours", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"SplitHours", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"SplitHours", "parts.placement_id", RIGHT_NONE, NULL, LINE_BY_LINE},
        {"ValidateMonth", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"ValidateMonth", "decisions.placement_id", RIGHT_NONE, NULL, LINE_BY_LINE},
        {"HoursHistory", "placement_id", RIGHT_READ, &placement, NULL},
        {"MonthSheet", "territory", RIGHT_NONE, NULL, FILTER},
        {"RecordInvoice", "obligation_id", RIGHT_CHANGE, &obligation, NULL},
        {"RecordInvoice", "subcontractor", RIGHT_NONE, NULL, DIRECTORY},
        {"RecordInvoice", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"CorrectInvoice", "invoice_id", RIGHT_CHANGE, &invoice, NULL},
        {"CancelInvoice", "invoice_id", RIGHT_CHANGE, &invoice, NULL},
        {"InvoiceById", "invoice_id", RIGHT_READ, &invoice, NULL},
        {"Invoices", "obligation_id", RIGHT_NONE, NULL, FILTER},
        {"Invoices", "subcontractor", RIGHT_NONE, NULL, FILTER},
        {"Invoices", "territory", RIGHT_NONE, NULL, FILTER},
        {"EndPlacement", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"CorrectEnd", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"ReopenPlacement", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"RecordOutcome", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"OutcomesDue", "territory", RIGHT_NONE, NULL, FILTER},
        {"RecordContact", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"RecordContact", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"CorrectContact", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"CorrectContact", "contact_id", RIGHT_NONE, NULL, HERS},
        {"StatePresence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"WithdrawPresence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"WithdrawPresence", "presence_id", RIGHT_NONE, NULL, SAID_OF_IT},
        {"RecordAction", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"RecordAction", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"MoveAction", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"MoveAction", "action_id", RIGHT_NONE, NULL, HERS},
        {"OpenFollowUp", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"FollowUp", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"FollowUpDue", "territory", RIGHT_NONE, NULL, FILTER},
        {"BeginDocument", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"PutDocumentPiece", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"PutDocumentPiece", "upload_id", RIGHT_NONE, NULL, UPLOAD},
        {"DropUpload", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"DropUpload", "upload_id", RIGHT_NONE, NULL, UPLOAD},
        {"AttachDocument", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"AttachDocument", "upload_id", RIGHT_NONE, NULL, UPLOAD},
        {"RemoveDocument", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"RemoveDocument", "document_id", RIGHT_NONE, NULL, DOCUMENT},
        {"OpenDocument", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"OpenDocument", "document_id", RIGHT_NONE, NULL, DOCUMENT},
        {"Documents", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"DocumentPiece", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"DocumentPiece", "document_id", RIGHT_NONE, NULL, DOCUMENT},
        {"ImportHours", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"ImportHours", "sender", RIGHT_NONE, NULL, OWN_LIST},
        {"ImportHours", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"PreviewHours", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"PreviewHours", "sender", RIGHT_NONE, NULL, OWN_LIST},
        {"PreviewHours", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"UndoHoursImport", "batch_id", RIGHT_CHANGE, &batch, NULL},
        {"ImportBeneficiaries", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"ImportBeneficiaries", "prescriber", RIGHT_NONE, NULL, OWN},
        {"ImportBeneficiaries", "need_id", RIGHT_NONE, NULL, NEEDS},
        {"ImportBeneficiaries", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"PreviewBeneficiaries", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"PreviewBeneficiaries", "prescriber", RIGHT_NONE, NULL, OWN},
        {"PreviewBeneficiaries", "need_id", RIGHT_NONE, NULL, NEEDS},
        {"PreviewBeneficiaries", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"UndoBeneficiariesImport", "batch_id", RIGHT_CHANGE, &batch, NULL},
        {"ProposeRelocation", "beneficiary_id", RIGHT_CHANGE, &file, NULL},
        {"ProposeRelocation", "territory", RIGHT_NONE, NULL, ASKED_THERE},
        {"AcceptRelocation", "relocation_id", RIGHT_CHANGE, &taken_file, NULL},
        {"DeclineRelocation", "relocation_id", RIGHT_CHANGE, &taken_file, NULL},
        {"WithdrawRelocation", "relocation_id", RIGHT_CHANGE, &given_file, NULL},
        {"Relocations", "territory", RIGHT_NONE, NULL, FILTER},
        {"ProposeBeneficiary", "beneficiary_id", RIGHT_CHANGE, &proposed_person, NULL},
        {"ProposeBeneficiary", "need_id", RIGHT_READ, &need, NULL},
        {"SendProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"SendProposal", "structure", RIGHT_NONE, NULL, DIRECTORY},
        {"AnswerProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"PostponeProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"ResumeProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"WithdrawProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"CorrectProposal", "proposal_id", RIGHT_CHANGE, &proposal, NULL},
        {"ProposalById", "proposal_id", RIGHT_READ, &proposal, NULL},
        {"Proposals", "beneficiary_id", RIGHT_NONE, NULL, FILTER},
        {"Proposals", "need_id", RIGHT_NONE, NULL, FILTER},
        {"Pathway", "beneficiary_id", RIGHT_CHANGE, &proposed_person, NULL},
        {"DrawControl", "territory", RIGHT_NONE, NULL, OWN_TERRITORY},
        {"DrawControl", "employer", RIGHT_NONE, NULL, DIRECTORY},
        {"AskEvidence", "control_id", RIGHT_CHANGE, &control, NULL},
        {"AskEvidence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"AnswerEvidence", "control_id", RIGHT_NONE, NULL, DRAWN},
        {"AnswerEvidence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"AnswerEvidence", "pieces.document_id", RIGHT_NONE, NULL, DOCUMENT},
        {"JudgeEvidence", "control_id", RIGHT_CHANGE, &control, NULL},
        {"JudgeEvidence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"SettleEvidence", "control_id", RIGHT_CHANGE, &control, NULL},
        {"SettleEvidence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"TakeBackEvidence", "control_id", RIGHT_CHANGE, &control, NULL},
        {"TakeBackEvidence", "placement_id", RIGHT_CHANGE, &placement, NULL},
        {"CloseControl", "control_id", RIGHT_CHANGE, &control, NULL},
        {"ReopenControl", "control_id", RIGHT_CHANGE, &control, NULL},
        {"Controls", "territory", RIGHT_NONE, NULL, FILTER},
        {"ControlById", "control_id", RIGHT_READ, &control, NULL},
        {"ControlFrame", "control_id", RIGHT_READ, &control, NULL},
        {"ControlEvidence", "control_id", RIGHT_READ, &control, NULL},
        {"EvidenceById", "control_id", RIGHT_NONE, NULL, DRAWN},
        {"EvidenceById", "placement_id", RIGHT_READ, &placement, NULL},
        {"EvidenceDue", "territory", RIGHT_NONE, NULL, FILTER},
        {"PlacementById", "placement_id", RIGHT_READ, &placement, NULL},
        {"Placements", "obligation_id", RIGHT_NONE, NULL, FILTER},
        {"Beneficiaries", "territory", RIGHT_NONE, NULL, FILTER},
        {"Beneficiaries", "prescriber", RIGHT_NONE, NULL, FILTER},
        {"MovePart", "choice.of_territory", RIGHT_NONE, NULL, PARTS},
        {"MovePart", "choice.of_person", RIGHT_NONE, NULL, PARTS},
        {"CancelPart", "part_id", RIGHT_NONE, NULL, PARTS},
        {"OpenPart", "part_id", RIGHT_NONE, NULL, PART_SENDER},
        {"OpenPart", "choice.of_territory", RIGHT_NONE, NULL, PART_SENDER},
        {"OpenPart", "choice.of_person", RIGHT_NONE, NULL, PART_SENDER},
        {"PutPartRecords", "part_id", RIGHT_NONE, NULL, PART_SENDER},
        {"PutPartDocument", "part_id", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "part_id", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "persons", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "invoices", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "keys.id", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "links.id", RIGHT_NONE, NULL, PART_SENDER},
        {"TakePart", "links.into", RIGHT_NONE, NULL, PART_SENDER},
        {"ClosePart", "part_id", RIGHT_NONE, NULL, PART_SENDER},
};

const struct rights tracking_rights = {rows, ARRAY_SIZE(rows)};
