/* fixture.h: accounts with addresses under test, and what is mailed to them. */
#ifndef TESTS_UNIT_SERVICES_ACCOUNTS_MAIL_FIXTURE_H
#define TESTS_UNIT_SERVICES_ACCOUNTS_MAIL_FIXTURE_H

#include "tests/unit/services/accounts/sign_in/fixture.h"

#include "accounts/mail.pb-c.h"
#include "common/codec/token.h"
#include "services/accounts/mail/mail.h"

#define MAIL(name)  ACCOUNTS__MAIL_KIND__MAIL_##name
#define OPENED(...) ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_##__VA_ARGS__

/* The newest mail that is due; NULL: none since that event. */
static inline const Accounts__MailDue *newest_mail(struct fixture *f, uint64_t since)
{
        for (uint64_t number = engine_position(f->engine); number > since; number--) {
                const Accounts__Event *event = fixture_event(f, number);
                if (event->body_case == ACCOUNTS__EVENT__BODY_MAIL_DUE)
                        return event->mail_due;
        }
        return NULL;
}

static inline Wire__Passport *mailer_of(struct fixture *f)
{
        Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__SERVICE, NULL, "*");
        actor->signer = arena_text(&f->arena, "notifications-1");
        return actor;
}

static inline const Accounts__MailToSendReply *mail_to_send(struct fixture *f, const Accounts__MailDue *due)
{
        Accounts__MailToSendRequest query = ACCOUNTS__MAIL_TO_SEND_REQUEST__INIT;
        query.mail_id = due->mail_id;
        return fixture_get(f, mailer_of(f), "MailToSend", &query);
}

static inline void assert_not_sent(struct fixture *f, const Accounts__MailDue *due)
{
        Accounts__MailToSendRequest query = ACCOUNTS__MAIL_TO_SEND_REQUEST__INIT;
        query.mail_id = due->mail_id;
        (void)fixture_refused(f, mailer_of(f), "MailToSend", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* The hash of the link that this mail carries, as it leaves. */
static inline ProtobufCBinaryData draw_link(struct fixture *f, const Accounts__MailDue *due)
{
        Accounts__DrawMail draw = ACCOUNTS__DRAW_MAIL__INIT;
        uint8_t *hash = arena_alloc(&f->arena, TOKEN_DIGEST_SIZE);
        draw.mail_id = due->mail_id;
        const Accounts__DrawMailReply *drawn = fixture_get(f, mailer_of(f), "DrawMail", &draw);
        assert_true(token_of_text(drawn->token, hash));
        return pb_bytes(slice_of(hash, TOKEN_DIGEST_SIZE));
}

/* Of the newest mail, which is of that kind. */
static inline ProtobufCBinaryData link_of(struct fixture *f, Accounts__MailKind kind)
{
        const Accounts__MailDue *due = newest_mail(f, 0);
        assert_non_null(due);
        assert_int_equal(due->kind, kind);
        return draw_link(f, due);
}

static inline const Accounts__MailLinkReply *shown(struct fixture *f, ProtobufCBinaryData hash)
{
        Accounts__MailLinkRequest query = ACCOUNTS__MAIL_LINK_REQUEST__INIT;
        query.hash = hash;
        return fixture_get(f, at_the_door(f), "MailLink", &query);
}

static inline const Accounts__SetOwnAddressReply *set_address(struct fixture *f, const Wire__Passport *actor,
                                                              const char *email)
{
        Accounts__SetOwnAddress command = ACCOUNTS__SET_OWN_ADDRESS__INIT;
        command.email = arena_text(&f->arena, email);
        return fixture_get(f, actor, "SetOwnAddress", &command);
}

static inline void confirm_address(struct fixture *f, ProtobufCBinaryData hash)
{
        Accounts__ConfirmOwnAddress command = ACCOUNTS__CONFIRM_OWN_ADDRESS__INIT;
        command.hash = hash;
        (void)fixture_get(f, at_the_door(f), "ConfirmOwnAddress", &command);
}

static inline const Accounts__OwnAccessReply *own_access(struct fixture *f, const Wire__Passport *actor)
{
        Accounts__OwnAccessRequest query = ACCOUNTS__OWN_ACCESS_REQUEST__INIT;
        return fixture_get(f, actor, "OwnAccess", &query);
}

/* Signed in by a password, with a confirmed address. */
static inline Wire__Passport *with_address(struct fixture *f, const char *name, Types__Role role, const char *email)
{
        Wire__Passport *actor = with_password(f, name, role, "quatre mots sans lien");
        (void)set_address(f, actor, email);
        confirm_address(f, link_of(f, MAIL(CONFIRM_ADDRESS)));
        return actor;
}

static inline void ask_sign_in_link(struct fixture *f, const char *email)
{
        Accounts__AskSignInLink command = ACCOUNTS__ASK_SIGN_IN_LINK__INIT;
        command.email = arena_text(&f->arena, email);
        (void)fixture_get(f, at_the_door(f), "AskSignInLink", &command);
}

static inline const Accounts__SessionReply *enter_by_link(struct fixture *f, ProtobufCBinaryData hash, const char *code)
{
        Accounts__EnterByLink command = ACCOUNTS__ENTER_BY_LINK__INIT;
        command.hash = hash;
        command.code = arena_text(&f->arena, code);
        command.browser = browser_of(f, 'm', "192.0.2.0/24");
        return fixture_get(f, at_the_door(f), "EnterByLink", &command);
}

static inline const Accounts__SessionReply *accept_invitation(struct fixture *f, ProtobufCBinaryData hash,
                                                              const char *password)
{
        Accounts__AcceptInvitation command = ACCOUNTS__ACCEPT_INVITATION__INIT;
        command.hash = hash;
        command.proof = proof_of(f, password);
        command.salt = pb_bytes(slice_of_text(arena_text(&f->arena, "sixteen bytes...")));
        command.passes = 2;
        command.memory_kib = 19456;
        command.browser = browser_of(f, 'm', "192.0.2.0/24");
        return fixture_get(f, at_the_door(f), "AcceptInvitation", &command);
}

static inline void disown_mail(struct fixture *f, ProtobufCBinaryData hash)
{
        Accounts__DisownMail command = ACCOUNTS__DISOWN_MAIL__INIT;
        command.hash = hash;
        (void)fixture_get(f, at_the_door(f), "DisownMail", &command);
}

/* Made by the operator, with an address. */
static inline const Accounts__CreateUserReply *invite_new(struct fixture *f, const char *name, Types__Role role,
                                                          const char *email)
{
        Accounts__CreateUser *command = account_in(f, name, role, "31");
        command->email = arena_text(&f->arena, email);
        return create(f, command);
}

#endif
