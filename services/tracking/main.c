/* guichet-tracking: see README.md. */
#include "services/tracking/tracking.h"

int main(int argc, char **argv)
{
        return service_main(&tracking_spec, argc, argv);
}
