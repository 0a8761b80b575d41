/* Whose the things are that requests about accounts name. */
#include "services/accounts/rights.h"

#define NEW_MEMBERSHIP "what the membership will stand for, as the operator says it: it opens nothing to her"
#define ACCOUNTS       "names of accounts are read by whoever may ask this; who consents to which is the handler's rule"
#define KNOWN_PEOPLE   "who may know of it is the handler's rule (consent_knows()): one of others reads as none"
#define OWN_KEYS       "a key of one's own: the handler finds no other"
#define LINK_ABOUT                                                                                                     \
        "what the link is about, as its maker says it: the daemon that owns it decides, as the link is opened"
#define TERRITORY "not a thing of the store: one that is not the actor's is refused (link_check())"
#define LINKS     "one of another territory reads as none: the handler's rule (find_open())"
#define MAILS     "the daemon that mails is told what leaves: of its own passport alone"
#define NEW_KEY   "a key that a gateway drew: it names nothing yet"

#define AT_THE_DOOR "a gateway asks for somebody whom nobody knows yet; a name that nobody has is answered alike"
#define SEEN_KEY    "a gateway has seen that key, and says whose it is"

static const struct right_row rows[] = {
        {"CreateUser", "organisation", RIGHT_NONE, NULL, NEW_MEMBERSHIP},
        {"CreateUser", "territories", RIGHT_NONE, NULL, NEW_MEMBERSHIP},
        {"CreateUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"AddMembership", "organisation", RIGHT_NONE, NULL, NEW_MEMBERSHIP},
        {"AddMembership", "territories", RIGHT_NONE, NULL, NEW_MEMBERSHIP},
        {"AddMembership", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"ConfirmUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"ConfirmUser", "membership_id", RIGHT_NONE, NULL, KNOWN_PEOPLE},
        {"RenewToken", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"RenewToken", "membership_id", RIGHT_NONE, NULL, KNOWN_PEOPLE},
        {"EndMembership", "membership_id", RIGHT_NONE, NULL, KNOWN_PEOPLE},
        {"RevokeUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"SignInTerms", "name", RIGHT_NONE, NULL, AT_THE_DOOR},
        {"SignIn", "name", RIGHT_NONE, NULL, AT_THE_DOOR},
        {"SetPassword", "account_id", RIGHT_NONE, NULL, SEEN_KEY},
        {"SetPassword", "key_id", RIGHT_NONE, NULL, SEEN_KEY},
        {"SwitchMembership", "membership_id", RIGHT_NONE, NULL, "one of her own: the handler finds no other"},
        {"ResetSignIn", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"BindProvider", "account_id", RIGHT_NONE, NULL, SEEN_KEY},
        {"BindProvider", "key_id", RIGHT_NONE, NULL, SEEN_KEY},
        {"EndProviderBinding", "binding_id", RIGHT_NONE, NULL, "one of her own: the handler finds no other"},
        {"Invite", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"Invite", "membership_id", RIGHT_NONE, NULL, KNOWN_PEOPLE},
        {"EndInvitation", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"MailToSend", "mail_id", RIGHT_NONE, NULL, MAILS},
        {"DrawMail", "mail_id", RIGHT_NONE, NULL, MAILS},
        {"SignIns", "account_id", RIGHT_NONE, NULL, "who looks after accesses reads of all accounts"},
        {"Exports", "account_id", RIGHT_NONE, NULL, "who audits reads of all accounts"},
        {"EndKey", "key_id", RIGHT_NONE, NULL, OWN_KEYS},
        {"MakeLink", "organisation_id", RIGHT_NONE, NULL, LINK_ABOUT},
        {"MakeLink", "object_id", RIGHT_NONE, NULL, LINK_ABOUT},
        {"MakeLink", "territory", RIGHT_NONE, NULL, TERRITORY},
        {"ResendLink", "link_id", RIGHT_NONE, NULL, LINKS},
        {"EndLink", "link_id", RIGHT_NONE, NULL, LINKS},
        {"DrawLink", "link_id", RIGHT_NONE, NULL, LINKS},
        {"ClaimLink", "act_key", RIGHT_NONE, NULL, NEW_KEY},
        {"Links", "object_id", RIGHT_NONE, NULL, "a filter: the list shows what may be read"},
};

const struct rights accounts_rights = {rows, ARRAY_SIZE(rows)};
