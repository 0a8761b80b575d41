#include "services/accounts/dispatch.h"

#include "accounts/calls.h"
#include "accounts/events.pb-c.h"
#include "gateway/events.pb-c.h"
#include "services/accounts/people/takeover.h"
#include "services/accounts/rights.h"
#include "services/accounts/rooms.h"
#include "services/accounts/settings.h"

#define ALL                                                                                                            \
        (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) |   \
         ROLE_BIT(PRESCRIBER) | ROLE_BIT(AUDITOR) | ROLE_BIT(OPERATOR) | ROLE_BIT(DATA_PROTECTION))
#define WHO_VOUCHES (ROLE_BIT(COORDINATOR) | ROLE_BIT(FACILITATOR))
#define LINK_MAKERS (WHO_VOUCHES | ROLE_BIT(OPERATOR))
/* In whose roles links act. */
#define LINK_HOLDERS (ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER) | ROLE_BIT(BUYER))

/* Replies with a key are kept sealed: the store alone tells none. */
static const struct dispatch_row dispatch[] = {
        {"CreateUser", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_create_user, .reply_sealed = true},
        {"AddMembership", MODE_COMMAND, ROLE_BIT(OPERATOR), handle_add_membership, .reply_sealed = true},
        /* an operator's tool carries the token of who consents */
        {"ConfirmUser", MODE_COMMAND, WHO_VOUCHES | ROLE_BIT(OPERATOR), handle_confirm_user, .reply_sealed = true},
        {"RenewToken", MODE_COMMAND, ALL, handle_renew_token, .reply_sealed = true},
        {"EndMembership", MODE_COMMAND, ALL, handle_end_membership},
        {"RevokeUser", MODE_COMMAND, ROLE_BIT(OPERATOR) | ROLE_BIT(COORDINATOR), handle_revoke_user},
        {"MakeProgramKey", MODE_COMMAND, ALL, handle_make_program_key, .reply_sealed = true},
        {"EndKey", MODE_COMMAND, ALL, handle_end_key},
        {"NoteKeyUse", MODE_COMMAND, ALL, handle_note_key_use},
        {"NoteExport", MODE_COMMAND, ALL, handle_note_export},
        {"SignIn", MODE_COMMAND, ROLE_BIT(SERVICE), handle_sign_in, .reply_sealed = true},
        {"SetPassword", MODE_COMMAND, ROLE_BIT(SERVICE), handle_set_password, .reply_sealed = true},
        {"BeginSecondFactor", MODE_COMMAND, ALL, handle_begin_second_factor, .reply_sealed = true},
        {"ConfirmSecondFactor", MODE_COMMAND, ALL, handle_confirm_second_factor, .reply_sealed = true},
        {"EndSecondFactor", MODE_COMMAND, ALL, handle_end_second_factor, .reply_sealed = true},
        {"SwitchMembership", MODE_COMMAND, ALL, handle_switch_membership, .reply_sealed = true},
        {"SignOut", MODE_COMMAND, ALL, handle_sign_out, .reply_sealed = true},
        {"EndOtherSessions", MODE_COMMAND, ALL, handle_end_other_sessions},
        {"ResetSignIn", MODE_COMMAND, WHO_VOUCHES | ROLE_BIT(OPERATOR), handle_reset_sign_in},
        {"SignInByProvider", MODE_COMMAND, ROLE_BIT(SERVICE), handle_sign_in_by_provider, .reply_sealed = true},
        {"BindProvider", MODE_COMMAND, ROLE_BIT(SERVICE), handle_bind_provider},
        {"EndProviderBinding", MODE_COMMAND, ALL, handle_end_provider_binding},
        /* mail */
        {"SetOwnAddress", MODE_COMMAND, ALL, handle_set_own_address},
        {"Invite", MODE_COMMAND, LINK_MAKERS, handle_invite},
        {"EndInvitation", MODE_COMMAND, LINK_MAKERS, handle_end_invitation},
        {"AskSignInLink", MODE_COMMAND, ROLE_BIT(SERVICE), handle_ask_sign_in_link},
        {"ConfirmOwnAddress", MODE_COMMAND, ROLE_BIT(SERVICE), handle_confirm_own_address},
        {"DisownMail", MODE_COMMAND, ROLE_BIT(SERVICE), handle_disown_mail},
        {"EnterByLink", MODE_COMMAND, ROLE_BIT(SERVICE), handle_enter_by_link, .reply_sealed = true},
        {"AcceptInvitation", MODE_COMMAND, ROLE_BIT(SERVICE), handle_accept_invitation, .reply_sealed = true},
        {"DrawMail", MODE_COMMAND, ROLE_BIT(SERVICE), handle_draw_mail, .reply_sealed = true},
        {"MailLink", MODE_QUERY, ROLE_BIT(SERVICE), handle_mail_link},
        {"MailToSend", MODE_QUERY, ROLE_BIT(SERVICE), handle_mail_to_send},
        /* links */
        {"MakeLink", MODE_COMMAND, LINK_MAKERS | ROLE_BIT(SERVICE), handle_make_link, .reply_sealed = true},
        {"ResendLink", MODE_COMMAND, LINK_MAKERS, handle_resend_link, .reply_sealed = true},
        {"EndLink", MODE_COMMAND, LINK_MAKERS, handle_end_link},
        {"DrawLink", MODE_COMMAND, ROLE_BIT(SERVICE), handle_draw_link, .reply_sealed = true},
        {"ClaimLink", MODE_COMMAND, LINK_HOLDERS, handle_claim_link},
        {"NoteLinkUse", MODE_COMMAND, LINK_HOLDERS, handle_note_link_use},
        {"DisownLink", MODE_COMMAND, LINK_HOLDERS, handle_disown_link},
        {"Links", MODE_QUERY, LINK_MAKERS | ROLE_BIT(AUDITOR), handle_links},
        {"LinkPurposes", MODE_QUERY, LINK_MAKERS, handle_link_purposes},
        {"Users", MODE_QUERY, WHO_VOUCHES | ROLE_BIT(OPERATOR) | ROLE_BIT(AUDITOR) | ROLE_BIT(DATA_PROTECTION),
         handle_users},
        {"OwnKeys", MODE_QUERY, ALL, handle_own_keys},
        {"Exports", MODE_QUERY, ROLE_BIT(COORDINATOR) | ROLE_BIT(AUDITOR) | ROLE_BIT(DATA_PROTECTION), handle_exports},
        {"SignInTerms", MODE_QUERY, ROLE_BIT(SERVICE), handle_sign_in_terms},
        {"OwnSignIns", MODE_QUERY, ALL, handle_own_sign_ins},
        {"SignIns", MODE_QUERY, ROLE_BIT(OPERATOR) | ROLE_BIT(DATA_PROTECTION), handle_sign_ins},
        {"OwnAccess", MODE_QUERY, ALL, handle_own_access},
        {"OwnProviderBindings", MODE_QUERY, ALL, handle_own_provider_bindings},
};

static const uint32_t from_gateways[] = {GATEWAY__EVENT__BODY_USER_CREATED, GATEWAY__EVENT__BODY_USER_REVOKED,
                                         GATEWAY__EVENT__BODY_USER_CONFIRMED, GATEWAY__EVENT__BODY_TOKEN_RENEWED, 0};
static const struct subscription subscriptions[] = {
        {.service = "gateway", .event = &gateway__event__descriptor, .kinds = from_gateways, .react = take_over},
};

const struct service_spec accounts_spec = {
        .name = "accounts",
        .store_version = ACCOUNTS_STORE_VERSION,
        .tables = accounts_tables,
        .table_count = ACCOUNTS_TABLE_COUNT,
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &accounts_rights,
        .shared_key = "second_factors",
        .subscriptions = subscriptions,
        .subscription_count = ARRAY_SIZE(subscriptions),
        .event = &accounts__event__descriptor,
        .apply = accounts_apply_event,
        .config = accounts_settings_rows,
        .config_count = ACCOUNTS_SETTINGS_COUNT,
        .config_size = sizeof(struct accounts_settings),
        .start = accounts_start,
        .stop = accounts_stop,
};
