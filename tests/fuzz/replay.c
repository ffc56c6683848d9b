/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for libFuzzer: runs the target over files, and over what is left of each when it
 * is cut short or one byte of it changes.  Without arguments the files are those of the
 * target's own corpus, $srcdir/tests/fuzz/corpus/NAME for fuzz_NAME.  Speaks TAP; a broken
 * promise aborts. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { INPUT_MOST = 1 << 20, VARIANTS = 200 };

/* A copy of its own for each run, so that sanitizers see reads behind the end. */
static void run(const uint8_t *data, size_t n)
{
	uint8_t *copy = calloc(n + !n, 1);
	if (!copy)
		abort();
	memcpy(copy, data, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void run_variants(uint8_t *data, size_t n)
{
	run(data, n);
	size_t step = n / VARIANTS + 1;
	for (size_t at = 0; at < n; at += step) {
		run(data, at);
		uint8_t kept = data[at];
		data[at] = (uint8_t)(kept ^ (1U << at % 8));
		run(data, n);
		data[at] = kept;
	}
}

static int replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(INPUT_MOST);
	if (!f || !data) {
		printf("Bail out! can't read %s\n", path);
		exit(1);
	}
	size_t n = fread(data, 1, INPUT_MOST, f);
	fclose(f);
	fprintf(stderr, "replaying %s\n", path);
	run_variants(data, n);
	free(data);
	return 1;
}

static int replay_folder(const char *path)
{
	struct dirent **names;
	int count = scandir(path, &names, NULL, alphasort), files = 0;
	for (int i = 0; i < count; i++) {
		char file[4096];
		snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name);
		struct stat st;
		if (stat(file, &st) == 0 && S_ISREG(st.st_mode))
			files += replay_file(file);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return files;
}

static int replay(const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return replay_folder(path);
	return replay_file(path);
}

static int replay_own_corpus(const char *program)
{
	const char *slash = strrchr(program, '/'), *name = slash ? slash + 1 : program;
	const char *root = getenv("srcdir");
	char path[4096];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", root ? root : ".", name);
	return replay(path);
}

int main(int argc, char **argv)
{
	int files = 0;
	run((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		files += replay(argv[i]);
	if (argc == 1)
		files = replay_own_corpus(argv[0]);
	printf("1..1\n%s 1 - %d inputs and their variants keep the promises\n",
	       files > 0 ? "ok" : "not ok", files);
	return files > 0 ? 0 : 1;
}
