/* document_html: a document as HTML. See document.h. */
#include "common/texts/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"

static const char style[] =
        "@page{size:A4;margin:20mm 22mm;@bottom-right{content:\"Page \" counter(page) \" sur \" counter(pages);"
        "font:9pt \"Liberation Sans\",\"DejaVu Sans\",sans-serif}}"
        "body{font:10.5pt/1.4 \"Liberation Sans\",\"DejaVu Sans\",sans-serif;max-width:42em;margin:auto;color:#000;"
        "background:#fff}"
        "h1{font-size:13pt;margin:1.2em 0 1em}h2{font-size:11.5pt;margin:1.3em 0 .3em;break-after:avoid}"
        "p{margin:0 0 .7em;orphans:2;widows:2}ul{margin:0 0 .7em;padding-left:1.4em}"
        ".to{margin:1.2em 0 1.2em 50%}.signed{break-before:avoid;break-inside:avoid}"
        ".sign{display:inline-block;margin-bottom:4em}"
        ".sheet{break-before:page}@media screen{.sheet{border-top:1px solid;margin-top:3em}}";

/* What is being written. */
struct writing {
        FILE *out;
        unsigned depth;    /* of lists that are open: 0, 1, 2 */
        bool in_paragraph; /* inside <p> */
        bool after_blank;
        bool has_heading;      /* the document's own was written */
        bool by_subject;       /* it is the line "Objet : …" */
        const char *paragraph; /* where the line stands in the text */
};

/* French keeps ":", ";", "?", "!", "»" and what follows "«" and "n°" on one line with what is before. */
static bool is_kept_together(const char *text, size_t size, size_t at)
{
        static const char *const before[] = {":", ";", "?", "!", "»"}, *const after[] = {"«", "n°"};
        for (size_t i = 0; i < ARRAY_SIZE(before); i++)
                if (slice_starts_with(slice_of(text + at + 1, size - at - 1), slice_of_text(before[i])))
                        return true;
        for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
                size_t length = strlen(after[i]);
                if (at >= length && memcmp(text + at - length, after[i], length) == 0)
                        return true;
        }
        return false;
}

static void put_escaped(FILE *out, const char *text, size_t size)
{
        for (size_t i = 0; i < size; i++)
                switch (text[i]) {
                case ' ': (void)fputs(is_kept_together(text, size, i) ? "\u00a0" : " ", out); break;
                case '&': (void)fputs("&amp;", out); break;
                case '<': (void)fputs("&lt;", out); break;
                case '>': (void)fputs("&gt;", out); break;
                case '"': (void)fputs("&quot;", out); break;
                default: (void)fputc(text[i], out);
                }
}

static void put_element(FILE *out, const char *name, struct slice text)
{
        (void)fprintf(out, "<%s>", name);
        put_escaped(out, (const char *)text.data, text.size);
        (void)fprintf(out, "</%s>\n", name);
}

/* ---- what a line is */

static bool begins(struct slice line, const char *with)
{
        return slice_starts_with(line, slice_of_text(with));
}

static bool ends(struct slice line, const char *with)
{
        size_t size = strlen(with);
        return line.size >= size && memcmp(line.data + line.size - size, with, size) == 0;
}

/* "12. Titre", "Article 3. Titre" */
static bool is_heading(struct slice line)
{
        size_t at = begins(line, "Article ") ? sizeof("Article ") - 1 : 0, digits = 0;
        while (at + digits < line.size && line.data[at + digits] >= '0' && line.data[at + digits] <= '9')
                digits++;
        at += digits;
        return digits > 0 && digits < 4 && at + 2 < line.size && line.data[at] == '.' && line.data[at + 1] == ' ';
}

static unsigned item_depth(struct slice line)
{
        return begins(line, "- ") ? 1 : begins(line, "  - ") ? 2 : 0;
}

/* ---- blocks */

static void close_paragraph(struct writing *writing)
{
        if (writing->in_paragraph)
                (void)fputs("</p>\n", writing->out);
        writing->in_paragraph = false;
}

static void close_lists(struct writing *writing, unsigned depth)
{
        for (; writing->depth > depth; writing->depth--)
                (void)fputs("</li></ul>\n", writing->out);
}

static void put_item(struct writing *writing, struct slice line, unsigned depth)
{
        size_t mark = depth == 1 ? sizeof("- ") - 1 : sizeof("  - ") - 1;
        close_paragraph(writing);
        if (depth > writing->depth + 1) /* one in a list that there is not */
                depth = writing->depth + 1;
        close_lists(writing, depth);
        if (writing->depth == depth)
                (void)fputs("</li>\n", writing->out);
        for (; writing->depth < depth; writing->depth++)
                (void)fputs("<ul>", writing->out);
        (void)fputs("<li>", writing->out);
        put_escaped(writing->out, (const char *)line.data + mark, line.size - mark);
}

static void put_heading(struct writing *writing, const char *name, struct slice line)
{
        close_paragraph(writing);
        close_lists(writing, 0);
        put_element(writing->out, name, line);
}

static const char signature[] = "ignature :";

/* Whether the paragraph that begins there is signed: it stays with what is before it. */
static bool is_signed(const char *paragraph)
{
        const char *end = strstr(paragraph, "\n\n"), *mark = strstr(paragraph, signature);
        return mark != NULL && (end == NULL || mark < end);
}

static void put_prose(struct writing *writing, struct slice line)
{
        close_lists(writing, 0);
        if (writing->in_paragraph)
                (void)fputs("<br>\n", writing->out);
        else
                (void)fputs(begins(line, "À l'attention de") ? "<p class=\"to\">"
                            : is_signed(writing->paragraph)  ? "<p class=\"signed\">"
                                                             : "<p>",
                            writing->out);
        writing->in_paragraph = true;
        if (ends(line, signature)) /* room for one */
                (void)fputs("<span class=\"sign\">", writing->out);
        put_escaped(writing->out, (const char *)line.data, line.size);
        if (ends(line, signature))
                (void)fputs("</span>", writing->out);
}

static bool is_title(const struct writing *writing, struct slice line)
{
        return !writing->has_heading && (!writing->by_subject || begins(line, "Objet : "));
}

static void put_line(struct writing *writing, struct slice line)
{
        unsigned depth = item_depth(line);
        if (line.size == 0) {
                close_paragraph(writing);
                close_lists(writing, 0);
        } else if (is_title(writing, line)) {
                put_heading(writing, "h1", line);
                writing->has_heading = true;
        } else if (writing->after_blank && is_heading(line)) {
                put_heading(writing, "h2", line);
        } else if (depth > 0) {
                put_item(writing, line, depth);
        } else {
                put_prose(writing, line);
        }
        writing->after_blank = line.size == 0;
}

static struct slice next_line(const char **rest)
{
        const char *begin = *rest;
        size_t size = strcspn(begin, "\n");
        *rest = begin + size + (begin[size] == '\n');
        return slice_of(begin, size);
}

static bool has_subject(const char *text)
{
        return strncmp(text, "Objet : ", sizeof("Objet : ") - 1) == 0 || strstr(text, "\n\nObjet : ") != NULL;
}

/* What the file is called where it is shown: the heading. */
static struct slice title_of(const char *text)
{
        bool by_subject = has_subject(text);
        const char *rest = text;
        while (*rest != '\0') {
                struct slice line = next_line(&rest);
                if (line.size > 0 && (!by_subject || begins(line, "Objet : ")))
                        return line;
        }
        return slice_of_text("Document");
}

static void put_text(FILE *out, const char *text)
{
        struct writing writing = {.out = out, .after_blank = true, .by_subject = has_subject(text)};
        for (const char *rest = text; *rest != '\0';) {
                writing.paragraph = rest;
                put_line(&writing, next_line(&rest));
        }
        close_paragraph(&writing);
        close_lists(&writing, 0);
}

static void put_sheet(FILE *out, const struct document *document)
{
        (void)fputs(
                "<section class=\"sheet\">\n<h2>À confirmer avant signature</h2>\n<p>Cette feuille ne fait pas partie "
                "du document : retirez-la avant de le signer et de l'envoyer.</p>\n<ul>\n",
                out);
        for (size_t i = 0; i < document->to_confirm_count; i++)
                put_element(out, "li", slice_of_text(document->to_confirm[i]));
        (void)fputs("</ul>\n</section>\n", out);
}

static char *page_of(const struct document *document, struct slice title, bool with_sheet, struct arena *arena)
{
        char *bytes = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&bytes, &size);
        require(out != NULL);
        (void)fputs("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n", out);
        if (title.size > 0)
                put_element(out, "title", title);
        (void)fprintf(out, "<meta name=\"generator\" content=\"Guichet\">\n<style>%s</style>\n</head>\n", style);
        (void)fputs("<body>\n<main>\n", out);
        put_text(out, document->text);
        if (with_sheet && document->to_confirm_count > 0)
                put_sheet(out, document);
        (void)fputs("</main>\n</body>\n</html>\n", out);
        require(fclose(out) == 0); /* of memory alone */
        char *html = arena_copy(arena, bytes, size + 1);
        free(bytes);
        return html;
}

char *document_html(const struct document *document, bool with_sheet, struct arena *arena)
{
        return page_of(document, title_of(document->text), with_sheet, arena);
}

/* pandoc would print the title above the first line, once more than the document does. */
char *document_html_untitled(const struct document *document, bool with_sheet, struct arena *arena)
{
        return page_of(document, slice_of(NULL, 0), with_sheet, arena);
}
