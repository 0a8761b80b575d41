#include "services/gateway/links/frame.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "services/gateway/links/confirm.h"
#include "services/gateway/links/legal.h"

/* One sheet of style for all pages, allowed by its hash: nothing is fetched, nothing runs. It has no quotes and no
 * brackets: escaped it is what it was. */
static const char style[] =
        "body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#161616;background:#f6f6f6}"
        "main,footer{max-width:36rem;margin:0 auto;padding:1.5rem 1rem;background:#fff;box-sizing:border-box}"
        "main{padding-bottom:3rem;min-height:75vh}"
        "footer{border-top:1px solid #ccc;font-size:.9375rem}footer ul{list-style:none;margin:0;padding:0;display:flex;"
        "flex-wrap:wrap;gap:0 1.25rem}footer a{display:inline-block;padding:.6rem 0}.read dt{font-weight:600}.read "
        "dd{font-weight:400}h3{font-size:1rem;margin:1.5rem 0 .5rem}"
        "h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}"
        "dl{margin:1rem 0;border-top:1px solid #ccc}dl div{padding:.5rem 0;border-bottom:1px solid #ccc}"
        "dt{color:#3a3a3a}dd{margin:0;font-weight:600;overflow-wrap:anywhere}"
        "label,legend{display:block;font-weight:600;margin-top:1.25rem;padding:0}fieldset{border:0;margin:0;padding:0}"
        ".choice{font-weight:400;margin:.25rem 0;padding:.4rem 0}.choice input{width:1.25rem;height:1.25rem;"
        "margin:0 .5rem 0 0;"
        "vertical-align:-.2rem}"
        ".help{margin:.1rem 0 .3rem;color:#3a3a3a}.wrong{margin:.1rem 0 .3rem;color:#b00000;font-weight:600}"
        "input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:1px solid #555;"
        "border-radius:.25rem;background:#fff;color:inherit}"
        "button{font:inherit;font-weight:600;margin-top:1.5rem;padding:.75rem 1rem;width:100%;border:2px solid #000091;"
        "border-radius:.25rem;background:#000091;color:#fff}button.plain{background:#fff;color:#000091}"
        ":focus-visible{outline:3px solid #0a76f6;outline-offset:2px}a{color:#000091}"
        ".note{border-left:.3rem solid #000091;padding:.1rem 0 .1rem .8rem;margin:1rem 0}.alert{border-color:#b00000}";

void frame_begin(struct html *html, struct http_request *request, const char *title)
{
        *html = (struct html){.arena = http_arena(request)};
        html_put(html,
                 "<!doctype html>\n<html lang=\"fr\">\n<head><meta charset=\"utf-8\">"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                 "<meta name=\"robots\" content=\"noindex\"><title>%s – Guichet</title><style>",
                 title);
        html_put(html, "%s</style></head>\n<body><main>\n<h1>%s</h1>\n", style, title);
}

static const char *policy(struct arena *arena)
{
        unsigned char hash[crypto_hash_sha256_BYTES];
        char base64[sodium_base64_ENCODED_LEN(sizeof(hash), sodium_base64_VARIANT_ORIGINAL)];
        require(crypto_hash_sha256(hash, (const unsigned char *)style, strlen(style)) == 0);
        (void)sodium_bin2base64(base64, sizeof(base64), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
        return arena_printf(arena,
                            "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none'; "
                            "frame-ancestors 'none'",
                            base64);
}

void frame_answer(struct http_request *request, int status, struct html *html)
{
        html_put(html, "</main>\n");
        legal_put_foot(html);
        html_put(html, "</body>\n</html>\n");
        const struct http_response response = {
                .status = status,
                .body = html_page(html),
                .headers = {{"Content-Type", "text/html; charset=utf-8"},
                            {"Cache-Control", "no-store"},
                            {"X-Robots-Tag", "noindex"},
                            {"Content-Security-Policy", policy(http_arena(request))}},
        };
        http_answer(request, &response);
}

void frame_put_number(struct html *html, struct slice hash, const char *act, const char *wrong)
{
        char words[CONFIRM_WORDS_SIZE];
        confirm_words(hash, act, words);
        html_put(html, "<label for=\"%s-nombre\">Pour confirmer, écrivez en chiffres : %s</label>\n", act, words);
        if (wrong != NULL)
                html_put(html, "<p class=\"wrong\" id=\"%s-erreur\">%s</p>\n", act, wrong);
        html_put(html, "<input id=\"%s-nombre\" name=\"" FORM_NUMBER "\" type=\"text\" inputmode=\"numeric\" required",
                 act);
        if (wrong != NULL)
                html_put(html, " aria-invalid=\"true\" aria-describedby=\"%s-erreur\"", act);
        html_put(html, " autocomplete=\"off\">\n");
}
