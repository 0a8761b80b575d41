/* Documents: found in replies, and as HTML with the structure that a reader hears. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/texts/document.h"
#include "contracts/queries.pb-c.h"
#include "contracts/commands.pb-c.h"

static struct arena arena;

static int begin(void **state)
{
        (void)state;
        arena_init(&arena);
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static char *doubts[] = {(char *)"Adresse de l'acheteur <inconnue>"};

static const char *html_of(const char *text)
{
        const struct document document = {text, doubts, 1};
        return document_html(&document, true, &arena);
}

static void has(const char *html, const char *what)
{
        if (strstr(html, what) == NULL)
                fail_msg("« %s » is not in:\n%s", what, html);
}

static void has_not(const char *html, const char *what)
{
        if (strstr(html, what) != NULL)
                fail_msg("« %s » is in:\n%s", what, html);
}

static void test_a_letter(void **state)
{
        (void)state;
        const char *html = html_of("Ville d'essai\n1 place & rue\n\nÀ l'attention de :\nPeintures\n\nObjet : rappel\n\n"
                                   "Madame,\n\n1. Manquement\nDeux choses :\n- un ;\n  - dedans ;\n- deux.\n\n"
                                   "Pour la ville\nNom et signature :\n");
        has(html, "<html lang=\"fr\">");
        has(html, "<title>Objet\u00a0: rappel</title>");
        has(html,
            "<p>Ville d'essai<br>\n1 place &amp; rue</p>\n<p class=\"to\">À l'attention de\u00a0:<br>\nPeintures</p>");
        has(html, "<h1>Objet\u00a0: rappel</h1>\n<p>Madame,</p>\n<h2>1. Manquement</h2>\n<p>Deux choses\u00a0:</p>\n");
        has(html, "<ul><li>un\u00a0;<ul><li>dedans\u00a0;</li></ul>\n</li>\n<li>deux.</li></ul>");
        has(html, "<p class=\"signed\">Pour la ville<br>\n<span class=\"sign\">Nom et signature\u00a0:</span></p>");
}

static void test_a_piece_has_its_first_line_for_heading(void **state)
{
        (void)state;
        const char *html = html_of("Cahier des clauses\n\nArticle 1. Objet\nTexte.\n2. n'est pas un titre ici\n");
        has(html, "<title>Cahier des clauses</title>");
        has(html,
            "<h1>Cahier des clauses</h1>\n<h2>Article 1. Objet</h2>\n<p>Texte.<br>\n2. n'est pas un titre ici</p>");
}

/* A line "Objet : …" inside a paragraph is no heading; signs stay on the line of what they belong to. */
static void test_a_note_with_an_object(void **state)
{
        (void)state;
        const char *html = html_of("Note\n\nAcheteur : Ville\nObjet : école n° 2 ; « Jaurès » !\n");
        has(html, "<h1>Note</h1>\n<p>Acheteur\u00a0: Ville<br>\n");
        has(html, "\nObjet\u00a0: école n°\u00a02\u00a0; «\u00a0Jaurès\u00a0»\u00a0!</p>");
}

static void test_what_is_to_be_confirmed_is_apart(void **state)
{
        (void)state;
        const struct document document = {"Titre\n\nTexte.\n", doubts, 1};
        has(document_html(&document, true, &arena),
            "</p>\n<section class=\"sheet\">\n<h2>À confirmer avant signature</h2>");
        has(document_html(&document, true, &arena), "<li>Adresse de l'acheteur &lt;inconnue&gt;</li>");
        has_not(document_html(&document, false, &arena), "<section");
        assert_string_equal(document_text(&document, false, &arena), "Titre\n\nTexte.\n");
        has(document_text(&document, true, &arena), "Texte.\n\n---\nÀ confirmer avant signature (ne fait pas partie");
        const struct document sure = {"Titre", NULL, 0};
        has_not(document_html(&sure, true, &arena), "<section");
        assert_string_equal(document_text(&sure, true, &arena), "Titre\n");
}

/* Whatever a text is, each element that is opened is closed. */
static void test_odd_texts(void **state)
{
        static const char *const texts[] = {"",
                                            "\n\n\n",
                                            "  - seul",
                                            "- a\n- b\n  - c\n\n  - d",
                                            "<script>alert(1)</script>",
                                            "1. ",
                                            "Objet : ",
                                            "\n1. Titre sans texte"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                const char *html = html_of(texts[i]);
                static const char *const names[] = {"ul>", "li>", "p>", "h1>", "h2>"};
                for (size_t j = 0; j < ARRAY_SIZE(names); j++) {
                        size_t opened = 0, closed = 0;
                        for (const char *at = html; (at = strstr(at, names[j])) != NULL; at++) {
                                opened += at[-1] == '<';
                                closed += at[-1] == '/' && at[-2] == '<';
                        }
                        assert_int_equal(opened, closed);
                }
                has_not(html, "<script>");
        }
}

static void test_documents_of_replies(void **state)
{
        Contracts__DraftFormalNoticeReply notice = CONTRACTS__DRAFT_FORMAL_NOTICE_REPLY__INIT;
        Contracts__ControlCase record = CONTRACTS__CONTROL_CASE__INIT;
        Contracts__CaseView view = CONTRACTS__CASE_VIEW__INIT;
        struct document document;
        (void)state;
        assert_false(document_of_reply(&notice.base, &document));
        notice.text = (char *)"Lettre";
        notice.to_confirm = doubts;
        notice.n_to_confirm = 1;
        assert_true(document_of_reply(&notice.base, &document));
        assert_string_equal(document.text, "Lettre");
        assert_int_equal(document.to_confirm_count, 1);
        view.case_ = &record;
        assert_false(document_of_reply(&view.base, &document));
        record.notice_text = (char *)"Mise en demeure";
        record.notice_to_confirm = doubts;
        record.n_notice_to_confirm = 1;
        assert_true(document_of_reply(&view.base, &document));
        assert_string_equal(document.text, "Mise en demeure");
        assert_string_equal(document.to_confirm[0], doubts[0]);
        assert_true(document_is_in(&contracts__case_view__descriptor));
        assert_true(document_is_in(&contracts__decline_letter_reply__descriptor));
        assert_false(document_is_in(&contracts__put_clause_reply__descriptor));
}

static void test_forms(void **state)
{
        (void)state;
        assert_string_equal(document_form_of("pdf")->command[0], "weasyprint");
        assert_null(document_form_of("html")->command);
        assert_null(document_form_of("docx"));
        assert_null(document_form_of(""));
}

#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_a_letter),
                TEST(test_a_piece_has_its_first_line_for_heading),
                TEST(test_a_note_with_an_object),
                TEST(test_what_is_to_be_confirmed_is_apart),
                TEST(test_odd_texts),
                TEST(test_documents_of_replies),
                TEST(test_forms),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
