"""The policy language: read, check and explain a policy written as data.

A policy is one YAML file. Nothing in it is ever evaluated. This room does no I/O: callers give
it the bytes of a file.

Begin with `source` (what an author writes), then `linking` (how it becomes `model.Policy`),
`triggers` (when clocks start and stop) and `explaining` (the policy in plain English). `schema` is
what an editor needs to help an author write one.
"""
