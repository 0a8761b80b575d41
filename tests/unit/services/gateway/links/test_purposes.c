/* The pages of links against the catalogue: what they ask and show is there, and the role may ask and read it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "services/gateway/links/purposes.h"
#include "services/gateway/links/value.h"

static uint32_t roles_of(const char *method)
{
        for (size_t i = 0; i < method_roles_count; i++)
                if (strcmp(method_roles[i].method, method) == 0)
                        return method_roles[i].roles;
        fail_msg("%s has no row in any dispatch table", method);
        return 0;
}

static const struct link_page *page_of(const struct link_purpose *purpose)
{
        const struct link_page *page = link_page(purpose->purpose);
        assert_non_null(page);
        assert_non_null(page->title);
        assert_non_null(page->intro);
        assert_non_null(page->act);
        assert_non_null(page->done);
        return page;
}

static void test_each_has_a_page(void **state)
{
        (void)state;
        for (size_t i = 0; link_purpose_at(i) != NULL; i++)
                (void)page_of(link_purpose_at(i));
        assert_null(link_page(ACCOUNTS__LINK_PURPOSE__LINK_FOR_NOTHING));
}

/* The roles that a link acts in may do the act and ask the question; and who makes it could do it herself. */
static void test_who_may(void **state)
{
        const uint32_t facilitators = 1u << TYPES__ROLE__FACILITATOR | 1u << TYPES__ROLE__COORDINATOR;
        (void)state;
        for (size_t i = 0; link_purpose_at(i) != NULL; i++) {
                const struct link_purpose *purpose = link_purpose_at(i);
                assert_int_equal(roles_of(purpose->method) & purpose->roles, purpose->roles);
                assert_int_equal(roles_of(page_of(purpose)->question) & purpose->roles, purpose->roles);
                if ((purpose->makers & facilitators) != 0)
                        assert_true((roles_of(purpose->method) & 1u << TYPES__ROLE__FACILITATOR) != 0);
        }
}

static void check_list(const struct link_purpose *purpose, const struct link_list *list)
{
        struct catalogue_method question;
        assert_true(catalogue_method(list->question, &question));
        assert_false(question.is_command);
        assert_int_equal(roles_of(list->question) & purpose->roles, purpose->roles);
        const ProtobufCFieldDescriptor *field = value_field(question.method->output, list->list);
        assert_non_null(field);
        assert_ptr_equal(value_field(field->descriptor, list->id)->descriptor, &types__id__descriptor);
        assert_int_not_equal(value_kind(value_field(field->descriptor, list->path)), VALUE_OTHER);
        assert_non_null(value_field(question.method->input, "page"));
}

static void check_asked(const struct link_purpose *purpose, const struct link_asked *asked)
{
        struct catalogue_method method;
        assert_true(catalogue_method(purpose->method, &method));
        const ProtobufCFieldDescriptor *field = value_field(method.method->input, asked->path);
        if (field == NULL)
                fail_msg("%s has no %s", purpose->method, asked->path);
        assert_non_null(asked->label);
        assert_string_not_equal(asked->path, purpose->object); /* the link's own */
        assert_true(purpose->month == NULL || strcmp(asked->path, purpose->month) != 0);
        assert_int_equal(value_kind(field) == VALUE_ENUM, asked->choices[0] != 0);
        assert_int_equal(value_kind(field) == VALUE_OTHER, asked->from != NULL);
        if (asked->from != NULL)
                check_list(purpose, asked->from);
        for (size_t i = 0; i < CHOICES_MAX && asked->choices[i] != 0; i++)
                assert_non_null(protobuf_c_enum_descriptor_get_value(field->descriptor, asked->choices[i]));
}

static void test_what_is_asked(void **state)
{
        (void)state;
        for (size_t i = 0; link_purpose_at(i) != NULL; i++) {
                const struct link_page *page = page_of(link_purpose_at(i));
                for (size_t k = 0; k < ASKED_MAX && page->asked[k].path != NULL; k++)
                        check_asked(link_purpose_at(i), &page->asked[k]);
        }
}

static void test_what_is_shown(void **state)
{
        (void)state;
        for (size_t i = 0; link_purpose_at(i) != NULL; i++) {
                const struct link_page *page = page_of(link_purpose_at(i));
                struct catalogue_method question;
                assert_true(catalogue_method(page->question, &question));
                assert_false(question.is_command); /* a page that is opened changes nothing */
                assert_int_equal(page->object == NULL, page->list != NULL);
                const ProtobufCMessageDescriptor *thing = question.method->output;
                if (page->object != NULL) {
                        assert_non_null(value_field(question.method->input, page->object));
                } else {
                        thing = value_field(thing, page->list)->descriptor;
                        assert_non_null(value_field(thing, page->id));
                }
                for (size_t k = 0; k < SHOWN_MAX && page->shown[k].path != NULL; k++) {
                        const ProtobufCFieldDescriptor *field = value_field(thing, page->shown[k].path);
                        if (field == NULL || value_kind(field) == VALUE_OTHER)
                                fail_msg("%s does not tell %s", page->question, page->shown[k].path);
                        assert_non_null(page->shown[k].label);
                }
                if (link_purpose_at(i)->seen_at != NULL)
                        assert_int_equal(value_field(thing, link_purpose_at(i)->seen_at)->type, PROTOBUF_C_TYPE_UINT64);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_has_a_page),
                cmocka_unit_test(test_who_may),
                cmocka_unit_test(test_what_is_asked),
                cmocka_unit_test(test_what_is_shown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
