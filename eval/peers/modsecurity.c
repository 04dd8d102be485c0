/*
 * Reads requests from a file and says for each whether libmodsecurity with the given rules would have stopped it, and
 * the CPU time that took in nanoseconds. A field is its length (4 bytes, little-endian) and its bytes; a request is
 * method, target, number of headers (as text), each header's name and value, and the body.
 */
#include <modsecurity/modsecurity.h>
#include <modsecurity/rules_set.h>
#include <modsecurity/transaction.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST (64u << 20)

static char *field(FILE *file, uint32_t *length) {
  unsigned char head[4];
  if (fread(head, 1, 4, file) != 4) return NULL;
  *length = head[0] | (uint32_t)head[1] << 8 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 24;
  if (*length > LONGEST) return NULL;
  char *text = malloc(*length + 1);
  if (text == NULL || fread(text, 1, *length, file) != *length) return NULL;
  text[*length] = 0;
  return text;
}

static long long cpu(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void quiet(void *data, const void *message) {
  (void)data;
  (void)message;
}

static int stopped(Transaction *transaction) {
  ModSecurityIntervention found;
  memset(&found, 0, sizeof found);
  int disruptive = msc_intervention(transaction, &found) && found.disruptive;
  free(found.url);
  free(found.log);
  return disruptive;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  ModSecurity *modsec = msc_init();
  msc_set_log_cb(modsec, quiet);
  RulesSet *rules = msc_create_rules_set();
  const char *error = NULL;
  if (msc_rules_add_file(rules, arguments[1], &error) < 0) {
    fprintf(stderr, "%s\n", error == NULL ? "no rules" : error);
    return 1;
  }
  FILE *file = fopen(arguments[2], "rb");
  if (file == NULL) return 1;
  uint32_t length;
  char *method;
  while ((method = field(file, &length)) != NULL) {
    char *target = field(file, &length);
    char *headers = field(file, &length);
    if (target == NULL || headers == NULL) return 1;
    int number = atoi(headers);
    long long before = cpu();
    Transaction *transaction = msc_new_transaction(modsec, rules, NULL);
    msc_process_connection(transaction, "192.0.2.7", 40000, "192.0.2.1", 80);
    msc_process_uri(transaction, target, method, "1.1");
    for (int i = 0; i < number; i++) {
      uint32_t name_length, value_length;
      char *name = field(file, &name_length);
      char *value = field(file, &value_length);
      if (name == NULL || value == NULL) return 1;
      msc_add_n_request_header(transaction, (unsigned char *)name, name_length, (unsigned char *)value, value_length);
      free(name);
      free(value);
    }
    char *body = field(file, &length);
    if (body == NULL) return 1;
    msc_process_request_headers(transaction);
    int found = stopped(transaction);
    if (length > 0) msc_append_request_body(transaction, (unsigned char *)body, length);
    msc_process_request_body(transaction);
    found |= stopped(transaction);
    msc_transaction_cleanup(transaction);
    printf("%d %lld\n", found, cpu() - before);
    free(method);
    free(target);
    free(headers);
    free(body);
  }
  return 0;
}
