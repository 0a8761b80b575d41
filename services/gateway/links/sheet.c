#include "services/gateway/links/sheet.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/codec/catalogue.h"
#include "services/gateway/links/frame.h"
#include "services/gateway/links/html.h"
#include "services/gateway/links/value.h"

/* ---- a page's frame */

static void begin(struct html *html, struct http_request *request, const char *title)
{
        frame_begin(html, request, title);
}

static void answer(struct http_request *request, int status, struct html *html)
{
        frame_answer(request, status, html);
}

static void end_with_resend(struct html *html)
{
        html_put(html, "<p><a href=\"/l/renvoi\">Renvoyez-moi mon lien</a></p>\n");
}

/* ---- what is at stake */

static void put_thing(struct html *html, const struct held *held)
{
        bool any = false;
        for (size_t i = 0; i < SHOWN_MAX && held->page->shown[i].path != NULL; i++) {
                const struct link_shown *shown = &held->page->shown[i];
                const char *text = value_french(held->thing, shown->path, held->copy->link->month, held->arena);
                if (text == NULL)
                        continue;
                html_put(html, any ? "" : "<dl>\n");
                html_put(html, "<div><dt>%s</dt><dd>%s</dd></div>\n", shown->label, text);
                any = true;
        }
        html_put(html, any ? "</dl>\n" : "");
}

static const char *role_of(const struct held *held)
{
        const char *role = french_value(&types__role__descriptor, (int32_t)held->copy->link->role);
        return role == NULL ? "" : role;
}

static void put_who(struct html *html, const struct held *held)
{
        struct day until = local_day(held->copy->link->territory, held->copy->ends->ms);
        html_put(html, "<p class=\"note\">Vous agissez pour <strong>%s</strong> (%s). ",
                 held->organisation == NULL ? "votre organisation" : held->organisation, role_of(held));
        html_put(html, "Ce lien ne sert qu'à cela, une fois, jusqu'au %s. Ce n'est pas vous ? ",
                 french_day(held->arena, until));
        html_put(html, "<a href=\"#pas-moi\">Dites-le</a>.</p>\n<p>%s</p>\n", held->page->intro);
}

/* ---- what is asked */

static bool is_wrong(const struct held *held, const char *path)
{
        return held->wrong.text[0] != '\0' && strcmp(held->wrong.field, path) == 0;
}

static void put_label(struct html *html, const struct held *held, const struct link_asked *asked)
{
        html_put(html, "<label for=\"%s\">%s%s</label>\n", asked->path, asked->label,
                 asked->required ? "" : " (facultatif)");
        if (asked->help != NULL)
                html_put(html, "<p class=\"help\" id=\"%s-aide\">%s</p>\n", asked->path, asked->help);
        if (is_wrong(held, asked->path))
                html_put(html, "<p class=\"wrong\" id=\"%s-erreur\">%s</p>\n", asked->path, held->wrong.text);
}

/* Of the element that is to be filled in: its name, and what describes it. */
static void put_names(struct html *html, const struct held *held, const struct link_asked *asked)
{
        bool wrong = is_wrong(held, asked->path);
        html_put(html, " id=\"%s\" name=\"%s\"", asked->path, asked->path);
        if (asked->help != NULL || wrong)
                html_put(html, " aria-describedby=\"%s%s%s%s\"", asked->help != NULL ? asked->path : "",
                         asked->help != NULL ? "-aide " : "", wrong ? asked->path : "", wrong ? "-erreur" : "");
        html_put(html, wrong ? " aria-invalid=\"true\"" : "");
        html_put(html, asked->required ? " required" : "");
}

static void put_choices(struct html *html, const struct held *held, const struct link_asked *asked,
                        const ProtobufCEnumDescriptor *type)
{
        const char *given = form_value(&held->form, asked->path);
        if (is_wrong(held, asked->path))
                html_put(html,
                         "<fieldset aria-describedby=\"%s-erreur\"><legend>%s</legend>\n"
                         "<p class=\"wrong\" id=\"%s-erreur\">%s</p>\n",
                         asked->path, asked->label, asked->path, held->wrong.text);
        else
                html_put(html, "<fieldset><legend>%s</legend>\n", asked->label);
        for (size_t i = 0; i < CHOICES_MAX && asked->choices[i] != 0; i++) {
                const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, asked->choices[i]);
                require(value != NULL);
                html_put(html, "<label class=\"choice\"><input type=\"radio\" name=\"%s\" value=\"%s\" required",
                         asked->path, value->name);
                html_put(html, strcmp(given, value->name) == 0 ? " checked" : "");
                html_put(html, ">%s</label>\n", french_value(type, asked->choices[i]));
        }
        html_put(html, "</fieldset>\n");
}

static void put_codes(struct html *html, const struct held *held, const struct link_asked *asked,
                      const struct code_list *list)
{
        const char *given = form_value(&held->form, asked->path);
        put_label(html, held, asked);
        html_put(html, "<select");
        put_names(html, held, asked);
        html_put(html, "><option value=\"\">–</option>\n");
        for (size_t i = 0; i < list->count; i++) {
                if (!code_counts(&list->codes[i], held->today))
                        continue;
                html_put(html, "<option value=\"%s\"", list->codes[i].code);
                html_put(html, strcmp(given, list->codes[i].code) == 0 ? " selected" : "");
                html_put(html, ">%s</option>\n", list->codes[i].label);
        }
        html_put(html, "</select>\n");
}

/* The actor's own things, by what people know them by, and the id that other texts call them by. */
static void put_list(struct html *html, const struct held *held, const struct link_asked *asked)
{
        const char *given = form_value(&held->form, asked->path);
        const struct link_list *from = asked->from;
        const ProtobufCMessage *element;
        put_label(html, held, asked);
        if (value_nth(held->choice, from->list, 0) == NULL)
                html_put(html, "<p class=\"note\">%s</p>\n", from->none);
        html_put(html, "<select");
        put_names(html, held, asked);
        html_put(html, "><option value=\"\">–</option>\n");
        for (size_t i = 0; (element = value_nth(held->choice, from->list, i)) != NULL; i++) {
                char id[ID_TEXT_SIZE];
                const char *said = value_french(element, from->path, NULL, held->arena);
                id_format(value_id(element, from->id), id);
                html_put(html, "<option value=\"%s\"", id);
                html_put(html, strcmp(given, id) == 0 ? " selected" : "");
                html_put(html, ">%s %s, dossier %s</option>\n", from->label, said == NULL ? "un jour non dit" : said,
                         id);
        }
        html_put(html, "</select>\n");
}

/* A day that was typed in the browser's own box has its form; else it is as it was typed. */
static void put_input(struct html *html, const struct held *held, const struct link_asked *asked, enum value_kind kind)
{
        const char *given = form_value(&held->form, asked->path);
        char today[DAY_TEXT_SIZE];
        day_format(held->today, today);
        if (kind == VALUE_DAY && asked->required && held->form.count == 0)
                given = today;
        put_label(html, held, asked);
        html_put(html, asked->long_text ? "<textarea rows=\"5\"" : "<input");
        put_names(html, held, asked);
        if (asked->long_text) {
                html_put(html, ">%s</textarea>\n", given);
                return;
        }
        html_put(html, " type=\"%s\"", kind == VALUE_DAY ? "date" : "text");
        if (kind == VALUE_HOURS || kind == VALUE_MONEY)
                html_put(html, " inputmode=\"decimal\" autocomplete=\"off\"");
        html_put(html, " value=\"%s\">\n", given);
}

static void put_asked(struct html *html, const struct held *held, const struct link_asked *asked)
{
        struct catalogue_method method;
        require(catalogue_method(held->purpose->method, &method));
        const ProtobufCFieldDescriptor *field = value_field(method.method->input, asked->path);
        require(field != NULL);
        enum value_kind kind = value_kind(field);
        const char *codes = field_rule(field)->codes;
        const struct code_list *list = codes == NULL ? NULL : codes_list(held->codes, codes);
        if (asked->from != NULL)
                put_list(html, held, asked);
        else if (kind == VALUE_ENUM)
                put_choices(html, held, asked, field->descriptor);
        else if (list != NULL)
                put_codes(html, held, asked, list);
        else
                put_input(html, held, asked, kind);
}

/* ---- what only a person gives */

static void put_number(struct html *html, const struct held *held, const char *act)
{
        bool wrong = is_wrong(held, FORM_NUMBER) && held->is_disowning == (strcmp(act, ACT_DISOWN) == 0);
        frame_put_number(html, pb_slice(held->copy->hash), act, wrong ? held->wrong.text : NULL);
}

static void put_alert(struct html *html, const struct held *held)
{
        if (held->wrong.text[0] == '\0')
                return;
        html_put(html, "<div class=\"note alert\" role=\"alert\"><p><strong>Rien n'a été fait.</strong> %s</p></div>\n",
                 held->wrong.text);
}

void sheet_form(const struct held *held)
{
        struct html html;
        const Types__Month *month = held->copy->link->month;
        const char *title = month == NULL ? held->page->title
                                          : arena_printf(held->arena, "%s : %s", held->page->title,
                                                         french_month(held->arena, month_of(month)));
        begin(&html, held->request, title);
        put_alert(&html, held);
        put_who(&html, held);
        put_thing(&html, held);
        html_put(&html, "<form method=\"post\" accept-charset=\"utf-8\">\n"
                        "<input type=\"hidden\" name=\"" FORM_ACT "\" value=\"" ACT_DO "\">\n");
        html_put(&html, "<input type=\"hidden\" name=\"" FORM_SEEN "\" value=\"%s\">\n",
                 arena_printf(held->arena, "%" PRIu64, held->seen));
        html_put(&html, "<p class=\"help\">Tout est obligatoire, sauf ce qui est dit facultatif.</p>\n");
        for (size_t i = 0; i < ASKED_MAX && held->page->asked[i].path != NULL; i++)
                put_asked(&html, held, &held->page->asked[i]);
        put_number(&html, held, ACT_DO);
        html_put(&html, "<button>%s</button>\n</form>\n", held->page->act);
        html_put(&html, "<section id=\"pas-moi\"><h2>Ce n'est pas moi</h2>\n<p>Si ce lien ne vous est pas destiné, "
                        "dites-le : il n'ouvrira plus rien, et le facilitateur le saura.</p>\n"
                        "<form method=\"post\" accept-charset=\"utf-8\">\n"
                        "<input type=\"hidden\" name=\"" FORM_ACT "\" value=\"" ACT_DISOWN "\">\n");
        put_number(&html, held, ACT_DISOWN);
        html_put(&html, "<button class=\"plain\">Ce lien n'est pas pour moi</button>\n</form></section>\n");
        answer(held->request, held->wrong.text[0] == '\0' ? 200 : 422, &html);
}

/* ---- the other pages */

void sheet_used(struct http_request *request, const struct link_page *page, const char *what, int64_t at_ms)
{
        struct html html;
        begin(&html, request, page->title);
        html_put(&html, "<p class=\"note\" role=\"status\"><strong>C'est fait</strong>, le %s. %s</p>\n",
                 french_day(http_arena(request), local_day("", at_ms)), what);
        html_put(&html,
                 "<p>Ce lien a servi et ne sert plus. S'il y a une erreur, adressez-vous à votre facilitateur.</p>\n");
        answer(request, 200, &html);
}

void sheet_closed(struct http_request *request)
{
        struct html html;
        begin(&html, request, "Ce lien n'ouvre plus rien");
        html_put(&html, "<p>Il a peut-être expiré, été remplacé par un plus récent, ou été retiré. Cherchez dans vos "
                        "courriels s'il y en a un plus récent, ou demandez-le de nouveau.</p>\n");
        end_with_resend(&html);
        answer(request, 404, &html);
}

void sheet_disowned(struct http_request *request)
{
        struct html html;
        begin(&html, request, "C'est noté");
        html_put(&html, "<p role=\"status\">Ce lien n'ouvre plus rien. Le facilitateur verra qu'il ne vous était pas "
                        "destiné. Vous pouvez supprimer le courriel.</p>\n");
        answer(request, 200, &html);
}

void sheet_sorry(struct http_request *request, int status, const char *text)
{
        struct html html;
        begin(&html, request, "Rien n'a été fait");
        html_put(&html, "<p role=\"alert\">%s</p>\n", text);
        answer(request, status, &html);
}

void sheet_again(struct http_request *request, const char *wrong)
{
        struct html html;
        begin(&html, request, "Renvoyez-moi mon lien");
        html_put(&html,
                 "<p>Écrivez l'adresse électronique à laquelle vous recevez nos courriels. Si des liens attendent "
                 "une réponse de votre part, ils y partent de nouveau ; les précédents n'ouvrent alors plus rien. "
                 "L'adresse est obligatoire.</p>\n"
                 "<form method=\"post\" accept-charset=\"utf-8\">\n"
                 "<label for=\"adresse\">Adresse électronique</label>\n");
        if (wrong != NULL)
                html_put(&html, "<p class=\"wrong\" id=\"adresse-erreur\">%s</p>\n", wrong);
        html_put(&html, "<input id=\"adresse\" name=\"adresse\" type=\"email\" autocomplete=\"email\" required");
        html_put(&html, wrong != NULL ? " aria-invalid=\"true\" aria-describedby=\"adresse-erreur\"" : "");
        html_put(&html, ">\n<button>Renvoyer</button>\n</form>\n");
        answer(request, wrong == NULL ? 200 : 422, &html);
}

void sheet_again_done(struct http_request *request)
{
        struct html html;
        begin(&html, request, "C'est demandé");
        html_put(&html,
                 "<p role=\"status\">Si cette adresse est connue et que des liens y attendent une réponse, ils "
                 "arrivent dans quelques minutes. Regardez aussi parmi les indésirables. Vous pouvez le redemander "
                 "dans dix minutes.</p>\n<p>Sans courriel d'ici là, appelez votre facilitateur : lui seul peut "
                 "changer l'adresse.</p>\n");
        answer(request, 200, &html);
}

void sheet_away(struct http_request *request, const char *address)
{
        const struct http_response response = {
                .status = 303,
                .headers = {{"Location", address}, {"Cache-Control", "no-store"}},
        };
        http_answer(request, &response);
}
