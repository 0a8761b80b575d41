/* Every kind of event says whose it is, or that it stays: a new kind without a row in selection.c fails here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/tracking/parts/selection.h"

static bool names(const ProtobufCMessageDescriptor *body, const char *field)
{
        return protobuf_c_message_descriptor_get_field_by_name(body, field) != NULL;
}

static void test_each_kind_is_somebodys_or_stays(void **state)
{
        const ProtobufCMessageDescriptor *event = &tracking__event__descriptor;
        (void)state;
        for (unsigned i = 0; i < event->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &event->fields[i];
                const ProtobufCMessageDescriptor *body = field->descriptor;
                switch (part_belongs(field->id)) {
                case PART_UNDECIDED:
                        fail_msg("%s: say in services/tracking/parts/selection.c whose it is (selection.h tells how)",
                                 field->name);
                        break;
                case PART_STAYS: break;
                case PART_BY_PERSON: assert_true(names(body, "beneficiary_id")); break;
                case PART_BY_PLACEMENT: assert_true(names(body, "placement_id")); break;
                case PART_BY_INVOICE: assert_true(names(body, "invoice_id")); break;
                }
        }
}

/* What stays is about nobody who moves: it names no person, but to say that she is erased, or who was told. */
static void test_what_stays_names_nobody(void **state)
{
        const ProtobufCMessageDescriptor *event = &tracking__event__descriptor;
        (void)state;
        for (unsigned i = 0; i < event->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &event->fields[i];
                if (part_belongs(field->id) != PART_STAYS || field->id == TRACKING__EVENT__BODY_BENEFICIARY_ERASED ||
                    field->id == TRACKING__EVENT__BODY_EVIDENCE_MOVED || /* of a sample, which stays */
                    field->id == TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK)
                        continue;
                assert_false(names(field->descriptor, "beneficiary_id"));
                assert_false(names(field->descriptor, "placement_id"));
                assert_false(names(field->descriptor, "invoice_id"));
        }
}

static void test_a_bucket_is_a_share_of_all(void **state)
{
        uint32_t counts[4] = {0};
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        (void)state;
        choice.of_territory = (char *)(uintptr_t) "09";
        choice.buckets = 4;
        for (uint32_t n = 0; n < 4000; n++) {
                struct id id = id_derived(n, slice_of(&n, sizeof(n)));
                uint32_t in = 0;
                for (choice.bucket = 1; choice.bucket <= 4; choice.bucket++)
                        if (part_has_invoice(&choice, id, "09")) {
                                counts[choice.bucket - 1]++;
                                in++;
                        }
                assert_int_equal(in, 1);
                assert_false(part_has_invoice(&choice, id, "31"));
        }
        for (size_t i = 0; i < 4; i++)
                assert_in_range(counts[i], 850, 1150);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_kind_is_somebodys_or_stays),
                cmocka_unit_test(test_what_stays_names_nobody),
                cmocka_unit_test(test_a_bucket_is_a_share_of_all),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
