#include "services/notifications/account_mail.h"

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/codec/french_names.h"

#define KIND(name) ACCOUNTS__MAIL_KIND__MAIL_##name

static const struct {
        Accounts__MailKind kind;
        const char *text;
        bool needs_address;
} kinds[] = {
        {KIND(CONFIRM_ADDRESS), "account_confirm_address", true},
        {KIND(INVITATION), "account_invitation", true},
        {KIND(SIGN_IN_LINK), "account_sign_in_link", true},
        {KIND(NO_SIGN_IN_LINK), "account_no_sign_in_link", false},
        {KIND(NEW_BROWSER), "account_new_browser", false},
        {KIND(PASSWORD_SET), "account_password_set", false},
        {KIND(FACTOR_SET), "account_factor_set", false},
        {KIND(FACTOR_ENDED), "account_factor_ended", false},
        {KIND(SIGN_IN_RESET), "account_sign_in_reset", false},
        {KIND(IDENTITY_BOUND), "account_identity_bound", false},
        {KIND(IDENTITY_ENDED), "account_identity_ended", false},
        {KIND(ADDRESS_CHANGED), "account_address_changed", false},
        {KIND(ROLE_GIVEN), "account_role_given", false},
};

bool account_mail_needs_address(Accounts__MailKind kind)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (kinds[i].kind == kind)
                        return kinds[i].needs_address;
        return false;
}

static const char *text_of(Accounts__MailKind kind)
{
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (kinds[i].kind == kind)
                        return kinds[i].text;
        return NULL;
}

static const char *some(const char *text)
{
        return text == NULL || text[0] == '\0' ? NULL : text;
}

/* "30 novembre 2026 à 9 h 05", where she is. */
static const char *when(const char *territory, int64_t at_ms, struct arena *arena)
{
        return arena_printf(arena, "%s à %s", french_day(arena, local_day(territory, at_ms)),
                            french_time(arena, local_minutes(territory, at_ms)));
}

struct words account_mail_words(const Texts__TextVersion *texts, const struct account_mail *mail, struct arena *arena)
{
        const Accounts__MailToSendReply *told = mail->told;
        const Accounts__DrawMailReply *drawn = mail->drawn;
        const char *name = text_of(told->kind), *page = mail->public_address;
        if (name == NULL)
                return (struct words){0};
        const struct text_field fields[] = {
                {"account", told->name},
                {"when", when(told->territory, told->at->ms, arena)},
                {"browser", some(told->browser)},
                {"place", some(told->place)},
                {"provider", some(told->label)},
                {"by", some(told->by)},
                {"role", french_value(&types__role__descriptor, (int32_t)told->role)},
                {"organisation", some(mail->organisation)},
                {"page", page},
                {"address", drawn == NULL || page == NULL ? NULL : arena_printf(arena, "%s/e/%s", page, drawn->token)},
                {"until", drawn == NULL ? NULL : when(told->territory, drawn->ends->ms, arena)},
        };
        return words_merge(texts, name, fields, ARRAY_SIZE(fields), arena);
}

const char *account_mail_foot(const Texts__TextVersion *texts, struct arena *arena)
{
        return words_merge(texts, "account_mail_foot", NULL, 0, arena).text;
}
