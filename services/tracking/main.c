/* guichet-tracking: see README.md. */
#include "services/tracking/dispatch.h"

int main(int argc, char **argv)
{
        return service_main(&tracking_spec, argc, argv);
}
