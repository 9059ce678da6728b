/* Lets every change of a file in the data folder fail, as a disk would that is mounted read-only,
   broken or full: with the error whose number stands in the file FAULT, for as long as that file is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int in_data_folder(const char *path) {
    const char *folder = getenv("TREKENDESH_DATA_DIR");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int fails(const char *path) {
    const char *name = getenv("FAULT");
    FILE *file;
    int number = 0;
    if (!name || !in_data_folder(path) || access(name, R_OK) != 0) return 0;
    file = fopen(name, "r");
    if (!file) return 0;
    if (fscanf(file, "%d", &number) != 1) number = 0;
    fclose(file);
    if (number) errno = number;
    return number;
}

static int fails_at(int descriptor) {
    char link[64], path[4096];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int d, const void *bytes, size_t count) {
    return fails_at(d) ? -1 : REAL(write)(d, bytes, count);
}
ssize_t pwrite(int d, const void *bytes, size_t count, off_t at) {
    return fails_at(d) ? -1 : REAL(pwrite)(d, bytes, count, at);
}
ssize_t pwrite64(int d, const void *bytes, size_t count, off64_t at) {
    return fails_at(d) ? -1 : REAL(pwrite64)(d, bytes, count, at);
}
int ftruncate(int d, off_t size) { return fails_at(d) ? -1 : REAL(ftruncate)(d, size); }
int ftruncate64(int d, off64_t size) { return fails_at(d) ? -1 : REAL(ftruncate64)(d, size); }
int fsync(int d) { return fails_at(d) ? -1 : REAL(fsync)(d); }
int fdatasync(int d) { return fails_at(d) ? -1 : REAL(fdatasync)(d); }
int unlink(const char *path) { return fails(path) ? -1 : REAL(unlink)(path); }

#define OPEN(name)                                                                     \
    int name(const char *path, int flags, ...) {                                       \
        va_list more;                                                                  \
        mode_t mode;                                                                   \
        va_start(more, flags);                                                         \
        mode = va_arg(more, mode_t);                                                   \
        va_end(more);                                                                  \
        if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && fails(path)) return -1;         \
        return REAL(name)(path, flags, mode);                                          \
    }
OPEN(open)
OPEN(open64)
