#include "services/gateway/links/mail_sheet.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/codec/french_names.h"
#include "services/gateway/links/frame.h"

#define KIND(name) ACCOUNTS__MAIL_KIND__MAIL_##name

/* ---- what it is about */

struct about {
        Accounts__MailKind kind;
        const char *title, *intro, *act;
};

static const struct about *about_of(Accounts__MailKind kind)
{
        static const struct about all[] = {
                {KIND(CONFIRM_ADDRESS), "Confirmer votre adresse",
                 "Les courriels de ce compte arriveront à l'adresse où vous avez reçu ce lien.",
                 "Confirmer cette adresse"},
                {KIND(INVITATION), "Votre invitation", "Choisissez votre mot de passe : vous serez connecté aussitôt.",
                 "Choisir ce mot de passe et entrer"},
                {KIND(SIGN_IN_LINK), "Connexion par lien", "Ce lien remplace votre mot de passe, une fois.",
                 "Se connecter"},
        };
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                if (all[i].kind == kind)
                        return &all[i];
        return NULL;
}

static void put_fact(struct html *html, const char *label, const char *text)
{
        if (text != NULL && text[0] != '\0')
                html_put(html, "<div><dt>%s</dt><dd>%s</dd></div>\n", label, text);
}

static const char *territories_of(const struct mail_sheet *sheet, struct arena *arena)
{
        const char *list = "";
        for (size_t i = 0; i < sheet->shown->n_territories; i++) {
                const char *one = sheet->shown->territories[i];
                list = arena_printf(arena, "%s%s%s", list, i == 0 ? "" : ", ",
                                    strcmp(one, "*") == 0 ? "toute la région" : one);
        }
        return list;
}

static void put_facts(struct html *html, const struct mail_sheet *sheet, struct arena *arena)
{
        const Accounts__MailLinkReply *shown = sheet->shown;
        html_put(html, "<dl>\n");
        put_fact(html, "Compte", shown->name);
        if (shown->kind == KIND(INVITATION)) {
                put_fact(html, "Rôle", french_value(&types__role__descriptor, (int32_t)shown->role));
                put_fact(html, "Pour", sheet->organisation);
                put_fact(html, "Départements", territories_of(sheet, arena));
        }
        put_fact(html, "Ce lien sert une fois, jusqu'au",
                 arena_printf(arena, "%s à %s", french_day(arena, local_day("", shown->ends->ms)),
                              french_time(arena, local_minutes("", shown->ends->ms))));
        html_put(html, "</dl>\n");
}

/* ---- what is asked */

static bool is_wrong(const struct mail_sheet *sheet, const char *field)
{
        return sheet->wrong.text[0] != '\0' && strcmp(sheet->wrong.field, field) == 0;
}

struct secret {
        const char *name, *label, *help, *type, *autocomplete;
};

static void put_secret(struct html *html, const struct mail_sheet *sheet, const struct secret *secret)
{
        const bool wrong = is_wrong(sheet, secret->name);
        html_put(html, "<label for=\"%s\">%s</label>\n", secret->name, secret->label);
        if (secret->help != NULL)
                html_put(html, "<p class=\"help\" id=\"%s-aide\">%s</p>\n", secret->name, secret->help);
        if (wrong)
                html_put(html, "<p class=\"wrong\" id=\"%s-erreur\">%s</p>\n", secret->name, sheet->wrong.text);
        html_put(html, "<input id=\"%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\" required", secret->name,
                 secret->name, secret->type, secret->autocomplete);
        if (secret->help != NULL || wrong)
                html_put(html, " aria-describedby=\"%s%s%s%s\"", secret->help != NULL ? secret->name : "",
                         secret->help != NULL ? "-aide " : "", wrong ? secret->name : "", wrong ? "-erreur" : "");
        html_put(html, wrong ? " aria-invalid=\"true\">\n" : ">\n");
}

static void put_asked(struct html *html, const struct mail_sheet *sheet)
{
        static const struct secret password = {FORM_PASSWORD, "Mot de passe",
                                               "12 caractères au moins. Quelques mots sans lien entre eux se "
                                               "retiennent bien.",
                                               "password", "new-password"};
        static const struct secret again = {FORM_AGAIN, "Le même, encore une fois", NULL, "password", "new-password"};
        static const struct secret code = {FORM_CODE, "Code de votre téléphone",
                                           "Les six chiffres que votre application affiche maintenant, ou l'un de vos "
                                           "codes de secours.",
                                           "text", "one-time-code"};
        if (sheet->shown->kind == KIND(INVITATION)) {
                html_put(html,
                         "<label for=\"compte\">Nom du compte, à retenir pour vous connecter</label>\n"
                         "<input id=\"compte\" type=\"text\" autocomplete=\"username\" readonly value=\"%s\">\n",
                         sheet->shown->name);
                put_secret(html, sheet, &password);
                put_secret(html, sheet, &again);
        }
        if (sheet->shown->asks_code)
                put_secret(html, sheet, &code);
}

static const char *wrong_number(const struct mail_sheet *sheet, bool disowning)
{
        return is_wrong(sheet, FORM_NUMBER) && sheet->is_disowning == disowning ? sheet->wrong.text : NULL;
}

static void put_intro(struct html *html, const struct mail_sheet *sheet, const struct about *about)
{
        const Accounts__MailLinkReply *shown = sheet->shown;
        html_put(html, "<p class=\"note\">");
        if (shown->kind == KIND(INVITATION))
                html_put(html,
                         shown->by[0] == '\0' ? "Vous êtes invité à rejoindre Guichet. "
                                              : "<strong>%s</strong> vous invite à rejoindre Guichet. ",
                         shown->by);
        html_put(html, "%s Ce n'est pas vous ? <a href=\"#pas-moi\">Dites-le</a>.</p>\n", about->intro);
        if (shown->needs_second_factor)
                html_put(html,
                         "<p>Ce rôle demande un second facteur : vous le mettrez en place juste après, avec votre "
                         "téléphone.</p>\n");
}

void mail_sheet_form(const struct mail_sheet *sheet)
{
        struct html html;
        const struct about *about = about_of(sheet->shown->kind);
        if (about == NULL) {
                mail_sheet_closed(sheet->request);
                return;
        }
        frame_begin(&html, sheet->request, about->title);
        if (sheet->wrong.text[0] != '\0')
                html_put(&html,
                         "<div class=\"note alert\" role=\"alert\">"
                         "<p><strong>Rien n'a été fait.</strong> %s</p></div>\n",
                         sheet->wrong.text);
        put_intro(&html, sheet, about);
        put_facts(&html, sheet, http_arena(sheet->request));
        html_put(&html, "<form method=\"post\" accept-charset=\"utf-8\">\n"
                        "<input type=\"hidden\" name=\"" FORM_ACT "\" value=\"" ACT_DO "\">\n");
        put_asked(&html, sheet);
        frame_put_number(&html, sheet->hash, ACT_DO, wrong_number(sheet, false));
        html_put(&html, "<button>%s</button>\n</form>\n", about->act);
        html_put(&html, "<section id=\"pas-moi\"><h2>Ce n'est pas moi</h2>\n<p>Si ce courriel ne vous est pas destiné, "
                        "dites-le : ce lien n'ouvrira plus rien.</p>\n"
                        "<form method=\"post\" accept-charset=\"utf-8\">\n"
                        "<input type=\"hidden\" name=\"" FORM_ACT "\" value=\"" ACT_DISOWN "\">\n");
        frame_put_number(&html, sheet->hash, ACT_DISOWN, wrong_number(sheet, true));
        html_put(&html, "<button class=\"plain\">Ce courriel n'est pas pour moi</button>\n</form></section>\n");
        frame_answer(sheet->request, sheet->wrong.text[0] == '\0' ? 200 : 422, &html);
}

/* ---- the other pages */

static void answer_note(struct http_request *request, int status, const char *title, const char *text)
{
        struct html html;
        frame_begin(&html, request, title);
        html_put(&html, "<p role=\"status\">%s</p>\n", text);
        html_put(&html, "<p><a href=\"/\">Aller à la page de connexion</a></p>\n");
        frame_answer(request, status, &html);
}

void mail_sheet_confirmed(struct http_request *request)
{
        answer_note(request, 200, "C'est confirmé",
                    "Les courriels de votre compte arrivent désormais à cette adresse. Vous la changez dans « Mon "
                    "accès ».");
}

void mail_sheet_disowned(struct http_request *request)
{
        answer_note(request, 200, "C'est noté", "Ce lien n'ouvre plus rien. Vous pouvez supprimer le courriel.");
}

void mail_sheet_closed(struct http_request *request)
{
        answer_note(
                request, 404, "Ce lien n'ouvre plus rien",
                "Il a peut-être servi, expiré, ou été remplacé par un plus récent. Un lien de connexion se redemande "
                "sur la page de connexion ; une invitation, à qui vous a invité.");
}
