/* The rows: what is particular to a field first, then what a name means wherever it stands, then the defaults of
 * bounds.h. Characters, unless a column says otherwise. */
#include <stddef.h>

#include "common/base/limits.h"
#include "common/base/mail_address.h"
#include "common/codec/bounds.h"

enum { WORD = 60, LINE = 200, NAME = 300, SENTENCES = 500, PARAGRAPH = 1000, LETTER = 2000, PAGE = BOUND_CHARACTERS };

const struct bounds bounds_table[] = {
        /* whole requests: what is sent by the hundred */
        {"contracts.ImportContracts", .bytes_max = LIMIT_REQUEST_BYTES},
        {"contracts.ImportContract", .bytes_max = LIMIT_REQUEST_BYTES / 2},
        {"contracts.ImportProgramme", .bytes_max = LIMIT_REQUEST_BYTES},
        {"contracts.PreviewProgrammeRequest", .bytes_max = LIMIT_REQUEST_BYTES},
        {"contracts.ImportContracts.records", .count_max = 128},

        /* what buyers published, as they published it; the longest seen: 500 companies of a framework agreement */
        {"contracts.ContractRecord.number", .characters_max = 100}, /* DECP allows 16 */
        {"contracts.ContractsRequest.number", .characters_max = 100},
        /* its SIRET too: kept as it is, and judged record by record */
        {"contracts.ContractRecord.*", .count_max = 1000},
        {"contracts.Modification.*", .count_max = 1000},
        {"contracts.ImportProgramme.rows", .count_max = 5000},
        {"contracts.TableRow.cells", .count_max = 500},

        /* what is looked for, or named as it is kept here: what was imported with a wrong key is found by it */
        {"contracts.CompanyLedger.siret", .kind = TEXT_SIRET_OR_SIREN},
        {"*Request.*siret", .kind = TEXT_SIRET_SOUGHT},
        {"contracts.LedgerDecision.buyer_siret", .kind = TEXT_SIRET_SOUGHT},
        {"directory.Organisation.siret", .kind = TEXT_SIRET_SOUGHT}, /* imports keep a wrong one, with the doubt */

        /* contracts: what is typed */
        {"contracts.*.lots", .count_max = 200},
        {"contracts.CompareCalibrationsRequest.calibrations", .count_max = 10},
        {"contracts.Calibration.steps", .count_max = 50},
        {"contracts.*.target_publics", .characters_max = WORD, .count_max = 20},
        {"contracts.Agreement.*_commitments", .characters_max = SENTENCES, .count_max = 30},
        {"contracts.Agreement.cpv_prefixes", .characters_max = WORD, .count_max = 20},
        {"contracts.Agreement.perimeter", .characters_max = LETTER},
        {"contracts.ControlPlan.documents", .characters_max = WORD, .count_max = 20},
        {"contracts.RecordStatement.documents", .characters_max = WORD, .count_max = 20},
        {"contracts.CloseReferral.text", .characters_max = LETTER},
        {"contracts.ReferMatter.subject", .characters_max = SENTENCES},
        {"contracts.NeedConditions.driving_licence", .characters_max = 20},
        {"contracts.NeedConditions.*", .characters_max = SENTENCES},
        {"contracts.*Need.reason", .characters_max = SENTENCES},
        {"contracts.DeclareNeed.place", .characters_max = SENTENCES},
        {"contracts.DeclineContract.*", .characters_max = PARAGRAPH},
        {"contracts.ResumeContract.*", .characters_max = PARAGRAPH},
        {"contracts.RecordAssociation.*", .characters_max = PARAGRAPH},
        {"contracts.Offer.members", .count_max = 20},
        {"contracts.AwardContract.winners", .count_max = 20},
        {"contracts.Offer.*", .characters_max = LETTER},
        {"contracts.OfferMark.reason", .characters_max = NAME},
        {"contracts.*.marks", .count_max = 10},
        {"contracts.PutAppraisalGrid.criteria", .count_max = 10},
        {"contracts.PutAppraisalGrid.readers", .count_max = 4},
        {"contracts.PutAppraisalGrid.method", .characters_max = PARAGRAPH},
        {"contracts.SubCriterion.title", .characters_max = NAME},
        {"contracts.SubCriterion.note", .characters_max = PARAGRAPH},
        {"contracts.OpenConsultation.buyer_contact", .characters_max = NAME},
        {"contracts.DraftItems.perimeter", .characters_max = LETTER},
        {"contracts.DraftItems.publics", .characters_max = WORD, .count_max = 50},
        {"contracts.DraftItems.subcriteria", .count_max = 10},
        {"contracts.DraftItems.modalities", .count_max = 3},
        {"contracts.DraftSubcriterion.label", .characters_max = LINE},
        {"contracts.DraftContact.mail", .kind = TEXT_MAIL_ADDRESS},
        {"contracts.DraftContact.*", .characters_max = LINE},
        {"contracts.RecordOrder.number", .characters_max = WORD},
        {"contracts.RecordContractInvoice.*", .characters_max = WORD},
        {"contracts.*.grounds", .count_max = 4},

        /* the other daemons */
        {"directory.Organisation.networks", .characters_max = LINE, .count_max = 64},
        {"directory.Organisation.warnings", .characters_max = SENTENCES, .count_max = 64},
        {"directory.CloseOrganisation.reason", .characters_max = SENTENCES},
        {"gateway.*.name", .characters_max = 64},
        {"gateway.*.territories", .characters_max = WORD, .count_max = 110},
        {"gateway.*.consent_token", .characters_max = 64},
        {"notifications.ConfirmAddress.code", .characters_max = 32},
        {"tracking.Identity.*_name", .characters_max = 100},
        {"tracking.Identity.phone", .characters_max = 24},
        {"tracking.RecordInvoice.number", .characters_max = 64},
        {"tracking.OpenPlacement.tutor", .characters_max = 100},
        {"tracking.OpenPlacement.referent", .characters_max = 100},
        {"tracking.OpenPlacement.employer_name", .characters_max = 400},

        /* what a name means wherever it stands */
        {"types.Page.after", .bytes_max = 255},
        {"*.reason", .characters_max = PARAGRAPH},
        {"*.reasons", .characters_max = LETTER},
        {"*siret", .kind = TEXT_SIRET},
        {"*.email", .characters_max = MAIL_ADDRESS_BYTES_MAX, .kind = TEXT_MAIL_ADDRESS},
        {"*.phone", .characters_max = LINE},
        {"*.reference", .characters_max = NAME},
        {"*.decision_reference", .characters_max = NAME},
        {"*.signatory", .characters_max = LINE},
        {"*.title", .characters_max = LINE},
        {"*.territory", .characters_max = WORD},
        {"*.territories", .characters_max = WORD, .count_max = 20},
        {"*_name", .characters_max = NAME},
        {"*.name", .characters_max = NAME},
        {"*_code", .characters_max = WORD},
        {NULL, 0, 0, 0, TEXT_FREE},
};
