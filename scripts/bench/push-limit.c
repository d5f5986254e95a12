/* The limit `npm run bench -- push` compares with: one write() a client and tick, nothing else.
   Usage: push-limit CLIENTS TICKS BYTES. Prints its port, accepts the clients, waits for a line on stdin, writes, and
   prints the microseconds of CPU a write took and the writes that went out whole. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static double cpu_us(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  int clients = atoi(argv[1]), ticks = atoi(argv[2]), bytes = atoi(argv[3]), one = 1;
  int *sockets = calloc(clients, sizeof(int));
  char *buffer = malloc(bytes);
  memset(buffer, 'x', bytes);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(address);
  if (bind(server, (struct sockaddr *)&address, length) || listen(server, 4096)) return 1;
  getsockname(server, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (int at = 0; at < clients; at++) {
    sockets[at] = accept(server, NULL, NULL);
    setsockopt(sockets[at], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
  }
  if (getchar() == EOF) return 0;
  long whole = 0;
  double begun = cpu_us();
  for (int tick = 0; tick < ticks; tick++) {
    for (int at = 0; at < clients; at++) whole += send(sockets[at], buffer, bytes, MSG_DONTWAIT | MSG_NOSIGNAL) == bytes;
    usleep(100000);
  }
  printf("%.2f %ld\n", (cpu_us() - begun) / clients / ticks, whole);
  return 0;
}
