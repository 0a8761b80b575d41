#include "services/contracts/page/replaced.h"

#include "common/base/attr.h"
#include "contracts/events.pb-c.h"
#include "services/contracts/page/others.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/versions.h"

#define EVENT(name) CONTRACTS__EVENT__BODY_##name

static const struct version_row rows[] = {
        {EVENT(CONTRACT_OPENED), THING_CONTRACT, {"contract_id"}, NULL},
        {EVENT(CONTRACT_AMENDED), THING_CONTRACT, {"contract_id"}, NULL},
        {EVENT(CLAUSE_PUT), THING_CLAUSE, {"contract_id", "lot"}, NULL},
        {EVENT(OBLIGATION_RECORDED), THING_OBLIGATION, {"obligation_id"}, NULL},
        {EVENT(OBLIGATION_AMENDED), THING_OBLIGATION, {"obligation_id"}, NULL},
        {EVENT(OBLIGATION_ASSIGNED), THING_OBLIGATION, {"obligation_id"}, NULL},
        {EVENT(MEMBER_LEFT), THING_OBLIGATION, {"obligation_id"}, NULL},
        {EVENT(NEED_DECLARED), THING_NEED, {"need_id"}, NULL},
        {EVENT(NEED_AMENDED), THING_NEED, {"need_id"}, NULL},
        {EVENT(NEED_CLOSED), THING_NEED, {"need_id"}, NULL},
        {EVENT(AGREEMENT_PUT), THING_AGREEMENT, {"agreement_id"}, NULL},
        {EVENT(AGREEMENT_SIGNED), THING_AGREEMENT, {"agreement_id"}, NULL},
        {EVENT(AGREEMENT_RENEWED), THING_AGREEMENT, {"agreement_id"}, NULL},
        {EVENT(AGREEMENT_ENDED), THING_AGREEMENT, {"agreement_id"}, NULL},
        {EVENT(LINE_DECIDED), THING_LINE, {"line_id"}, NULL},
        {EVENT(DRAFT_ITEMS_PUT), THING_DRAFT_ITEMS, {"contract_id", "lot"}, NULL},
        {EVENT(ASSOCIATION_RECORDED), THING_ASSOCIATION, {"contract_id"}, NULL},
        {EVENT(ANSWER_DRAFTED), THING_QUESTION, {"question_id"}, NULL},
        {EVENT(ANSWER_SENT), THING_QUESTION, {"question_id"}, NULL},
        {EVENT(APPRAISAL_GRID_PUT), THING_GRID, {"contract_id", "lot"}, NULL},
        {EVENT(OFFER_RECORDED), THING_OFFER, {"offer_id"}, NULL},
        {EVENT(MARKS_AGREED), THING_MARKS, {"offer_id"}, NULL},
        {EVENT(RESERVED_RECORDED), THING_RESERVED, {"contract_id", "entry.lot"}, NULL},
        {EVENT(RESERVED_WITHDRAWN), THING_RESERVED, {"contract_id", "lot"}, NULL},
        {EVENT(CONTROL_PLAN_PUT), THING_PLAN, {"clause_id"}, NULL},
        {EVENT(RESPONSIBLE_NAMED), THING_RESPONSIBLE, {"obligation_id"}, NULL},
        {EVENT(PENALTY_PROPOSED), THING_CASE, {"case_id"}, NULL},
        {EVENT(CASE_DECIDED), THING_CASE, {"case_id"}, NULL},
        {EVENT(CASE_CLOSED), THING_CASE, {"case_id"}, NULL},
        /* Of things that no command replaces as a whole: who had decided is told. */
        {EVENT(TRANSFER_PROPOSED), THING_TRANSFER, {"transfer.transfer_id"}, NULL},
        {EVENT(TRANSFER_AGREED), THING_TRANSFER, {"transfer_id"}, NULL},
        {EVENT(TRANSFER_REFUSED), THING_TRANSFER, {"transfer_id"}, NULL},
        {EVENT(CONTRACT_DECLINED), THING_DECLINE, {"contract_id"}, NULL},
        {EVENT(CONTRACT_RESUMED), THING_DECLINE, {"contract_id"}, NULL},
        {EVENT(CONSULTATION_OPENED), THING_CONSULTATION, {"contract_id"}, NULL},
        {EVENT(OFFERS_POSTPONED), THING_CONSULTATION, {"contract_id"}, NULL},
        {EVENT(DIFFICULTY_DECLARED), THING_RELIEF, {"obligation_id"}, NULL},
        {EVENT(RELIEF_DECIDED), THING_RELIEF, {"obligation_id"}, NULL},
        {EVENT(PUBLICATION_LINKED), THING_LINK, {"contract_id"}, NULL},
        {EVENT(PUBLICATION_UNLINKED), THING_LINK, {"contract_id"}, NULL},
        {EVENT(PUBLICATIONS_JOINED), THING_DOUBLE, {"twin_id"}, NULL},
        {EVENT(PUBLICATIONS_SEPARATED), THING_DOUBLE, {"twin_id"}, NULL},
        {EVENT(TWINS_DISMISSED), THING_DOUBLE, {"other_contract_id"}, NULL},
        {EVENT(MATTER_REFERRED), THING_REFERRAL, {"referral_id"}, NULL},
        {EVENT(REFERRAL_CLOSED), THING_REFERRAL, {"referral_id"}, NULL},
        {EVENT(DEROGATION_RECORDED), THING_DEROGATION, {"line_id", "contract_id"}, NULL},
        {EVENT(GROUP_BUYERS_PUT), THING_BUYERS, {"contract_id"}, NULL},
        {EVENT(CONTRACT_PART_PUT), THING_PARTS, {"contract_id"}, NULL},
        {EVENT(CONTRACT_PART_DECIDED), THING_PARTS, {"contract_id"}, NULL},
        {EVENT(SUBCONTRACT_DECLARED), THING_SUBCONTRACT, {"subcontract_id"}, NULL},
        {EVENT(SUBCONTRACT_DECIDED), THING_SUBCONTRACT, {"subcontract_id"}, NULL},
        {EVENT(SUBCONTRACT_AMENDED), THING_SUBCONTRACT, {"subcontract_id"}, NULL},
        {EVENT(CONTRACT_AWARDED), THING_AWARD, {"contract_id", "lot"}, NULL},
        /* Steps beside a thing that has versions of its own. */
        {EVENT(HOURS_WAIVED), THING_OBLIGATION, {"obligation_id"}, NULL, true},
        {EVENT(HOURS_TAKEN_OVER), THING_OBLIGATION, {"obligation_id"}, NULL, true},
        {EVENT(QUESTION_RECORDED), THING_QUESTION, {"question_id"}, NULL, true},
        {EVENT(ANSWER_PUBLISHED), THING_QUESTION, {"question_id"}, NULL, true},
        {EVENT(QUESTION_SET_ASIDE), THING_QUESTION, {"question_id"}, NULL, true},
        {EVENT(OFFER_MARKED), THING_MARKS, {"offer_id"}, NULL, true},
        {EVENT(CASE_OPENED), THING_CASE, {"case_id"}, NULL, true},
        {EVENT(FORMAL_NOTICE_DRAFTED), THING_CASE, {"case_id"}, NULL, true},
        {EVENT(FORMAL_NOTICE_SERVED), THING_CASE, {"case_id"}, NULL, true},
};

const struct versions contracts_versions = {T_VERSION, rows, ARRAY_SIZE(rows), contracts_tell_others};
