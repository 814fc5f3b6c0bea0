"""Warm kernels: forked from a process that has imported what notebooks need, so that none waits for that again."""
