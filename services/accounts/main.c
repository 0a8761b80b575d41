#include "services/accounts/dispatch.h"

int main(int argc, char **argv)
{
        return service_main(&accounts_spec, argc, argv);
}
