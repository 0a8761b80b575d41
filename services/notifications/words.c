#include "services/notifications/words.h"

#include "common/base/attr.h"
#include "common/base/require.h"

const struct text_wanted words_wanted[] = {
        {"need_opened", "positions need",
         "several trade rome starts company commune territory modality ends site week schedule licence physical other "
         "partner"},
        {"eligibility_yes", "file", "referred until"},
        {"eligibility_no", "file", "referred"},
        {"placement_started", "file", "referred employer modality work_contract starts ends week rome"},
        {"placement_finished", "file outcome next", "referred ended"},
        {"placement_end_corrected", "file outcome next", "referred ended was_ended"},
        {"placement_reopened", "file", "referred was_ended"},
        {"file_relocated", "file from to", "referred"},
        {"outcome_recorded", "file moment outcome next", "referred ended"},
        {"outcome_not_reached", "file moment", "referred ended"},
        {"proposal_made", "file", "referred need day"},
        {"proposal_sent", "file", "referred need day"},
        {"proposal_met", "file", "referred need day"},
        {"proposal_no_show", "file", "referred need day"},
        {"proposal_taken", "file", "referred need day"},
        {"proposal_not_taken", "file", "referred need day reason"},
        {"proposal_postponed", "file", "referred need day reason until"},
        {"proposal_withdrawn", "file", "referred need day reason"},
        {"proposal_expired", "file", "referred need day"},
        {"proposal_corrected", "file now", "referred need day reason"},
        {"placement_changed", "file", "referred from contract until week corrected"},
        {"evidence_asked", "placement evidence by", "day"},
        {"evidence_disputed", "placement evidence by", "day reason"},
        {"evidence_confirmed", "placement", "day"},
        {"evidence_not_proven", "placement", "day reason"},
        {"evidence_taken_back", "placement now", ""},
        {"proposal_received", "label", "need day by"},
        {"proposal_inherited", "label", "need day by"},
        {"action_asked", "file", "referred action day"},
        {"action_under_way", "file", "referred action day"},
        {"action_done", "file", "referred action day"},
        {"action_given_up", "file", "referred action day"},
        {"decision_changed", "thing day", "who before after reason"},
        {"decision_changed_unread", "", ""}, /* whose reader may not read the thing any more */
        {"presence_gone", "placement", "day by"},
        {"link_sent", "asked", "month"},
        {"link_not_mine", "asked", "month"},
        {"wait_decision", "since until", "month label contract"},
        {"wait_confirmation", "since until", "month label contract"},
        {"wait_renewal", "since until", "month label contract"},
        {"wait_proposal_to_send", "since until", "month label contract"},
        {"wait_proposal_to_answer", "since until", "month label contract"},
        {"wait_proposal_to_decide", "since until", "month label contract"},
        {"wait_proposal_no_show", "since until", "month label contract"},
        {"wait_proposal_taken", "since until", "month label contract"},
        {"wait_proposal_postponed", "since until", "month label contract"},
        {"wait_contact", "since until", "month label contract"},
        {"wait_outcome_exit", "since until", "month label contract"},
        {"wait_outcome_six_months", "since until", "month label contract"},
        {"wait_outcome_twelve_months", "since until", "month label contract"},
        {"wait_hours", "since until", "month label contract"},
        {"wait_hours_again", "since until", "month label contract"},
        {"wait_validation", "since until", "month label contract"},
        {"wait_validation_in_doubt", "since until", "month label contract"},
        {"wait_placement_end", "since until", "month label contract"},
        {"wait_relocation", "since until", "month label contract"},
        {"wait_statement", "since until", "month label contract"},
        {"wait_statement_late", "since until", "month label contract"},
        {"wait_progress", "since until", "month label contract"},
        {"wait_responsible", "since until", "month label contract"},
        {"wait_agreement", "since until", "month label contract"},
        {"wait_agreement_tacit", "since until", "month label contract"},
        {"wait_answer", "since until", "month label contract"},
        {"wait_answer_to_publish", "since until", "month label contract"},
        {"wait_questions_end", "since until", "month label contract"},
        {"wait_case_open", "since until", "month label contract"},
        {"wait_case_reminded", "since until", "month label contract"},
        {"wait_case_told", "since until", "month label contract"},
        {"wait_case_drafted", "since until", "month label contract"},
        {"wait_case_observations", "since until", "month label contract"},
        {"wait_case_served", "since until", "month label contract"},
        {"wait_case_proposed", "since until", "month label contract"},
        {"wait_case_decided", "since until", "month label contract"},
        {"wait_case_catching_up", "since until", "month label contract"},
        {"wait_subcontract", "since until", "month label contract"},
        {"wait_matter", "since until", "month label contract"},
        {"wait_gone", "since until", "month label contract"},
        {"wait_tutor", "since until", "month label contract"},
        {"wait_near", "what until how", ""},
        {"wait_late", "what until how", ""},
        {"address_code", "code", ""},
        /* to who has an account */
        {"account_confirm_address", "account address until", ""},
        {"account_invitation", "account role address until", "by organisation"},
        {"account_sign_in_link", "account address until", ""},
        {"account_no_sign_in_link", "account", "page"},
        {"account_new_browser", "account when", "browser place page"},
        {"account_password_set", "account when", "browser place page"},
        {"account_factor_set", "account when", "browser place page"},
        {"account_factor_ended", "account when", "browser place page"},
        {"account_sign_in_reset", "account when", "by page"},
        {"account_identity_bound", "account when", "provider page"},
        {"account_identity_ended", "account when", "provider page"},
        {"account_address_changed", "account when", "page"},
        {"account_role_given", "account when role", "by organisation page"},
        {"account_mail_foot", "", ""},      /* below each of these */
        {"mail_link", "address until", ""}, /* below a mail that carries one; its title is not used */
        {"mail_foot", "", ""},              /* below every mail */
        /* Words of a list: the title is the word; of an outcome, the lines say what the prescriber may do now. */
        {"modality_direct_hire", "", ""},
        {"modality_staff_provided", "", ""},
        {"modality_subcontracting", "", ""},
        {"moment_exit", "", ""},
        {"moment_six_months", "", ""},
        {"moment_twelve_months", "", ""},
        {"outcome_unknown", "", ""},
        {"outcome_durable_job", "", ""},
        {"outcome_transition_job", "", ""},
        {"outcome_positive_exit", "", ""},
        {"outcome_other_exit", "", ""},
        {"outcome_withdrawn", "", ""},
};
const size_t words_wanted_count = ARRAY_SIZE(words_wanted);

int words_load(const char *directory, struct dated *ret, struct err_info *info)
{
        struct dated texts;
        int err = dated_load(directory, "notice_texts", &texts__text_library__descriptor, &texts, info);
        if (err != 0)
                return err;
        err = texts_check(&texts, words_wanted, words_wanted_count, info);
        if (err != 0)
                dated_fini(&texts);
        else
                *ret = texts;
        return err;
}

struct words words_merge(const Texts__TextVersion *texts, const char *name, const struct text_field *fields,
                         size_t count, struct arena *arena)
{
        const Texts__Text *text = text_find(texts, name);
        require(text != NULL); /* words_load() let nothing pass without it */
        return (struct words){text_title(text, fields, count, arena), text_body(text, fields, count, arena)};
}
