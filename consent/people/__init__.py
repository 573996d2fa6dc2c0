"""Patients, staff, visitors, authors; who may sign for whom."""
